import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PolicyList } from "../../../../components/tenancy/policy-list.tsx";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { listPolicies } from "../../../../lib/services/tenancy/list-policies.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiShell.crumb"))("policies") };
}

export default async function PolicySettings() {
  return <PolicyList policies={(await readForPage(listPolicies, {})).items} />;
}
