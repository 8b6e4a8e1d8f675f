export const LOCALES = ["en", "ja"] as const;
export type Locale = (typeof LOCALES)[number];

/** Holds the language a person chose. Shared by portals on one host on purpose: it is hers, not theirs. */
export const LOCALE_COOKIE = "trellis-locale";

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The chosen language, else the best of Accept-Language, else English. */
export function pickLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  const ranked = (acceptLanguage ?? "")
    .split(",")
    .map(readRange)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return ranked.map(({ language }) => language).find(isLocale) ?? "en";
}

function readRange(range: string): { language: string; weight: number } {
  const [tag = "", ...parameters] = range.trim().split(";");
  const weight = parameters.map((parameter) => /^\s*q=([0-9.]+)\s*$/.exec(parameter)?.[1]).find((found) => found !== undefined);
  return { language: tag.trim().toLowerCase().split("-")[0] ?? "", weight: weight === undefined ? 1 : Number(weight) };
}

/** The language of a request that did not come through a page. */
export function localeOfRequest(request: Request): Locale {
  const cookie = (request.headers.get("cookie") ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${LOCALE_COOKIE}=`));
  return pickLocale(cookie?.slice(LOCALE_COOKIE.length + 1), request.headers.get("accept-language"));
}
