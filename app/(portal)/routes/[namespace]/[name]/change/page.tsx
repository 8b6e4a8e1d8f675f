import { SlidersHorizontal } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RouteForm } from "../../../../../../components/routes/route-form.tsx";
import { EmptyState } from "../../../../../../components/ui/empty-state.tsx";
import { PageHead } from "../../../../../../components/ui/page-head.tsx";
import { QuietLink as Link } from "../../../../../../components/ui/quiet-link.tsx";
import { paths } from "../../../../../../lib/paths.ts";
import { portal } from "../../../../../../lib/server/composition.ts";
import { readForPage } from "../../../../../../lib/server/read-page.ts";
import { getRoute } from "../../../../../../lib/services/routes/get-route.ts";
import { readRouteOptions } from "../../../new/read-route-options.ts";
import { readCurrentSpec, readVersionSpec } from "../read-current-spec.ts";

type Props = {
  readonly params: Promise<{ readonly namespace: string; readonly name: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getTranslations("uiRoutes.form"))("changeTitle", { name: decodeURIComponent((await params).name) }) };
}

/** The form, filled with what the route is now, or with one of its versions: the way back is a change like any other. */
export default async function ChangeRoutePage({ params, searchParams }: Props) {
  const { namespace, name } = await params;
  const { version } = await searchParams;
  const wanted = typeof version === "string" && version !== "" ? version : null;
  const [t, route, options] = await Promise.all([
    getTranslations("uiRoutes.form"),
    readForPage(getRoute, { namespace, name }),
    readRouteOptions(),
  ]);
  const may = route.can.change && route.team !== null;
  const spec = !may ? null : wanted === null ? ((await readCurrentSpec(route))?.spec ?? null) : await readVersionSpec(route, wanted);
  const back = (
    <Link href={paths.route(namespace, name)} className="link">
      {t("back", { name })}
    </Link>
  );
  if (spec === null || route.team === null) {
    return (
      <>
        <PageHead title={t("changeTitle", { name })} />
        <EmptyState icon={SlidersHorizontal} title={t("notChangeable")} actions={back}>
          {may ? t("unreadable") : route.can.whyNotChange}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHead
        title={wanted === null ? t("changeTitle", { name }) : t("returnTitle", { name, version: wanted })}
        facts={t(wanted === null ? "changeSubtitle" : "returnSubtitle")}
        actions={back}
      />
      <RouteForm
        key={wanted ?? "now"}
        options={options}
        origin={portal().settings.baseUrl}
        storageKey={null}
        start={{ type: "change", namespace, name, team: route.team, spec }}
      />
    </>
  );
}
