import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TokenList } from "../../../../components/tenancy/token-list.tsx";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { listTokens } from "../../../../lib/services/tenancy/list-tokens.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiShell.crumb"))("tokens") };
}

export default async function TokenSettings() {
  return <TokenList tokens={(await readForPage(listTokens, {})).items} />;
}
