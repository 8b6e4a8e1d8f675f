import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { SignInPage } from "../../components/shell/sign-in-page.tsx";
import { safeNext } from "../../lib/server/safe-next.ts";
import { isSignedIn, signInSettings } from "../../lib/server/sign-in.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiSignIn"))("title") };
}

export default async function SignIn({ searchParams }: PageProps<"/sign-in">) {
  const { next: rawNext, error } = await searchParams;
  const next = safeNext(rawNext);
  if (error === undefined && (await isSignedIn())) redirect(next);
  const { hints, note } = signInSettings();
  const locale = (await getLocale()) === "ja" ? "ja" : "en";
  return <SignInPage next={next} failed={error !== undefined} hints={hints} note={note?.[locale] ?? null} />;
}
