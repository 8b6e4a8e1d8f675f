import { Waypoints } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RouteForm } from "../../../../components/routes/route-form.tsx";
import { EmptyState } from "../../../../components/ui/empty-state.tsx";
import { PageHead } from "../../../../components/ui/page-head.tsx";
import { portal } from "../../../../lib/server/composition.ts";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { whoAmI } from "../../../../lib/services/tenancy/who-am-i.ts";
import { readRouteOptions } from "./read-route-options.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiRoutes.form"))("title") };
}

export default async function NewRoutePage() {
  const [t, me, options] = await Promise.all([getTranslations("uiRoutes.form"), readForPage(whoAmI, {}), readRouteOptions()]);
  return (
    <>
      <PageHead title={t("title")} facts={t("subtitle")} />
      {options.teams.length === 0 ? (
        <EmptyState icon={Waypoints} title={t("noNetworkTitle")}>
          {t("noNetworkText")}
        </EmptyState>
      ) : (
        <RouteForm
          options={options}
          origin={portal().settings.baseUrl}
          storageKey={`trellis.draft.route.${me.id}`}
          start={{ type: "new" }}
        />
      )}
    </>
  );
}
