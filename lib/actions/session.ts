"use server";

import { chooseLocale } from "../server/choose-locale.ts";

export async function setLocaleAction(locale: string): Promise<void> {
  await chooseLocale(locale);
}
