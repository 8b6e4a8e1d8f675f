import { createTranslator } from "next-intl";
import en from "../../messages/en.json" with { type: "json" };
import ja from "../../messages/ja.json" with { type: "json" };
import type { MessageValues } from "../domain/portal-error.ts";
import type { Locale } from "./locale.ts";

/** Turns a message key with its values into a sentence; an unknown key reads as itself. */
export type Translate = ((key: string, values?: MessageValues) => string) & { readonly locale: Locale };

/** Every time in a sentence is written in this zone, so that two people read the same words. */
export const TIME_ZONE = "UTC";

export const MESSAGES: Readonly<Record<Locale, object>> = { en, ja };

const translators: Readonly<Record<Locale, Translate>> = { en: create("en"), ja: create("ja") };

export function translatorOf(locale: Locale): Translate {
  return translators[locale];
}

function create(locale: Locale): Translate {
  const translate = createTranslator({
    locale,
    messages: looselyKeyed(MESSAGES[locale]),
    timeZone: TIME_ZONE,
    onError: () => undefined,
    getMessageFallback: ({ key }) => key,
  });
  return Object.assign((key: string, values: MessageValues = {}) => translate(key, values), { locale });
}

// Keys come from data below the doors, so the translator must take any text; test/message-keys.test.ts proves that each key in the code exists.
function looselyKeyed(messages: object): Record<string, string> {
  return messages as Record<string, string>;
}
