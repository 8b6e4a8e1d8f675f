import type { Localized, Message } from "../domain/message.ts";
import type { MessageValues } from "../domain/portal-error.ts";
import type { Locale } from "./locale.ts";
import type { Translate } from "./translate.ts";

/** Translates a whole view: every Message in it becomes a sentence, everything else stays. Dates become ISO texts, as JSON would make them. */
export function localize<T>(view: T, translate: Translate): Localized<T> {
  return asLocalized<T>(walk(view, translate));
}

const shared = new WeakMap<object, Map<Locale, unknown>>();

/** The same, for a view that many readers get: each language translates one object once. The view must never change afterwards. */
export function localizeShared(view: unknown, translate: Translate): unknown {
  if (typeof view !== "object" || view === null) return view;
  const known = shared.get(view) ?? new Map<Locale, unknown>();
  shared.set(view, known);
  if (!known.has(translate.locale)) known.set(translate.locale, walk(view, translate));
  return known.get(translate.locale);
}

function walk(value: unknown, translate: Translate): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => walk(item, translate));
  if (isMessage(value)) return toSentence(value, translate);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member, translate)]));
}

export function toSentence(message: Message, translate: Translate): string {
  const values: Record<string, MessageValues[string]> = {};
  for (const [name, value] of Object.entries(message.values))
    values[name] = typeof value === "object" ? toSentence(value, translate) : value;
  return translate(message.messageKey, values);
}

/** Only the exact shape counts: a person's JSON or a cluster's object that carries such members stays as it is. */
function isMessage(value: unknown): value is Message {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 2) return false;
  if (!("messageKey" in value && typeof value.messageKey === "string" && "values" in value)) return false;
  const { values } = value;
  if (typeof values !== "object" || values === null || Array.isArray(values)) return false;
  return Object.values(values).every((member: unknown) => typeof member === "string" || typeof member === "number" || isMessage(member));
}

// `walk` replaces exactly what `Localized` replaces; the type system cannot follow a recursion over unknown members.
function asLocalized<T>(value: unknown): Localized<T> {
  return value as Localized<T>;
}
