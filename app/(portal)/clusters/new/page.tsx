import { Building2 } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewClusterForm } from "../../../../components/clusters/new-cluster-form.tsx";
import { EmptyState } from "../../../../components/ui/empty-state.tsx";
import { PageHead } from "../../../../components/ui/page-head.tsx";
import { portal } from "../../../../lib/server/composition.ts";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { whoAmI } from "../../../../lib/services/tenancy/who-am-i.ts";
import { readFormOptions } from "./read-form-options.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiClusters.new"))("title") };
}

export default async function NewClusterPage() {
  const [t, me, options] = await Promise.all([getTranslations("uiClusters.new"), readForPage(whoAmI, {}), readFormOptions()]);
  return (
    <>
      <PageHead title={t("title")} facts={t("subtitle")} />
      {options.teams.length === 0 ? (
        <EmptyState icon={Building2} title={t("noAccountTitle")}>
          {t("noAccountText")}
        </EmptyState>
      ) : options.blueprints.length === 0 ? (
        <EmptyState icon={Building2} title={t("noBlueprintTitle")}>
          {t("noBlueprintText")}
        </EmptyState>
      ) : (
        <NewClusterForm options={options} origin={portal().settings.baseUrl} storageKey={`trellis.draft.cluster.${me.id}`} />
      )}
    </>
  );
}
