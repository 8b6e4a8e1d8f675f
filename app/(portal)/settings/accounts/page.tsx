import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountList } from "../../../../components/tenancy/account-list.tsx";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { listAccounts } from "../../../../lib/services/tenancy/list-accounts.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiShell.crumb"))("accounts") };
}

export default async function AccountSettings() {
  return <AccountList accounts={(await readForPage(listAccounts, {})).items} />;
}
