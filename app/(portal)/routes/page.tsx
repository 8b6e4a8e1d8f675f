import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { entry, Hydrated } from "../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../components/live/query-keys.ts";
import { RouteList } from "../../../components/routes/route-list.tsx";
import { routeFilters, routeStates } from "../../../components/routes/route-list-filter.ts";
import { ButtonLink } from "../../../components/ui/button-link.tsx";
import { PageHead } from "../../../components/ui/page-head.tsx";
import { paths } from "../../../lib/paths.ts";
import { portal } from "../../../lib/server/composition.ts";
import { readForPage } from "../../../lib/server/read-page.ts";
import { listRoutes } from "../../../lib/services/routes/list-routes.ts";
import { whoAmI } from "../../../lib/services/tenancy/who-am-i.ts";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiRoutes.list"))("title") };
}

export default async function RoutesPage({ searchParams }: Props) {
  const filter = routeFilters.read(await searchParams);
  const { state: _state, ...input } = routeFilters.toInput(filter);
  const [view, me] = await Promise.all([
    readForPage(listRoutes, { ...input, ...(filter.view === "all" ? {} : { state: [...routeStates(filter)] }) }),
    readForPage(whoAmI, {}),
  ]);
  const maySubmit = me.teams.length > 0 || me.globalRoles.includes("platform-admin");
  const t = await getTranslations("uiRoutes.list");
  return (
    <Hydrated entries={[entry(queryKeys.routes(routeFilters.toInput(filter)), view)]}>
      <PageHead
        title={t("title")}
        facts={t("subtitle")}
        actions={
          maySubmit && (
            <ButtonLink href={paths.newRoute()} variant="primary" icon={<Plus size={16} aria-hidden="true" />}>
              {t("new")}
            </ButtonLink>
          )
        }
      />
      <RouteList filter={filter} maySubmit={maySubmit} origin={portal().settings.baseUrl} />
    </Hydrated>
  );
}
