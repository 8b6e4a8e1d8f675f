import { cookies } from "next/headers";
import { env } from "../config/env.ts";
import { isLocale, LOCALE_COOKIE } from "./locale.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps the language a person chose; anything but our languages is ignored. */
export async function chooseLocale(locale: string): Promise<void> {
  if (!isLocale(locale)) return;
  (await cookies()).set(LOCALE_COOKIE, locale, {
    path: "/",
    maxAge: YEAR_SECONDS,
    sameSite: "lax",
    httpOnly: true,
    secure: env().AUTH_URL.startsWith("https:"),
  });
}
