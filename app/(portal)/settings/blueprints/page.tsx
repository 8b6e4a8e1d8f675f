import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BlueprintList } from "../../../../components/tenancy/blueprint-list.tsx";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { listBlueprints } from "../../../../lib/services/clusters/list-blueprints.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiShell.crumb"))("blueprints") };
}

export default async function BlueprintSettings() {
  return <BlueprintList blueprints={(await readForPage(listBlueprints, {})).items} />;
}
