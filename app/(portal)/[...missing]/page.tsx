import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiShell.notFound"))("title") };
}

/** An address that no page has: the shell stays, so that the reader can go on. */
export default function MissingPage(): never {
  notFound();
}
