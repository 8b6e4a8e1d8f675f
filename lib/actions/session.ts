"use server";

import { chooseLocale } from "../server/choose-locale.ts";
import { startSignIn, startSignOut } from "../server/sign-in.ts";

export async function signInAction(form: FormData): Promise<void> {
  await startSignIn({ next: form.get("next"), loginHint: form.get("loginHint") });
}

export async function signOutAction(): Promise<void> {
  await startSignOut();
}

export async function setLocaleAction(locale: string): Promise<void> {
  await chooseLocale(locale);
}
