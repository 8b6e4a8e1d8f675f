"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { queryKeys } from "../live/query-keys.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { ButtonLink } from "../ui/button-link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { HomeClusters } from "./home-clusters.tsx";
import { HOME_CLUSTERS, HOME_REQUESTS, HOME_ROUTES } from "./home-filters.ts";
import { HomeRequests } from "./home-requests.tsx";
import { HomeRoutes } from "./home-routes.tsx";
import { NeedsYou } from "./needs-you.tsx";
import { SilentClusters } from "./silent-clusters.tsx";

/** What waits for me, what is under way, how my clusters and routes are. */
export function HomePage({
  teams,
  isAdmin,
  maySubmit,
}: {
  readonly teams: readonly string[];
  readonly isAdmin: boolean;
  readonly maySubmit: boolean;
}) {
  const t = useTranslations("uiHome");
  const inbox = useLiveQuery(queryKeys.inbox());
  const clusters = useLiveQuery(queryKeys.clusters(HOME_CLUSTERS));
  const routes = useLiveQuery(queryKeys.routes(HOME_ROUTES));
  const requests = useLiveQuery(queryKeys.requests(HOME_REQUESTS));
  const waiting = inbox.data?.items.length ?? 0;
  return (
    <>
      <PageHead
        title={t("title", { count: waiting })}
        facts={teams.length > 0 ? teams.join(" · ") : isAdmin ? t("platform") : t("noTeam")}
        actions={
          maySubmit && (
            <ButtonLink href={paths.newCluster()} variant="primary" icon={<Plus size={16} aria-hidden="true" />} shortcut="C">
              {t("newCluster")}
            </ButtonLink>
          )
        }
      />
      <SilentClusters rows={clusters.data?.items ?? []} />
      <NeedsYou inbox={inbox} />
      <HomeRequests requests={requests} />
      <div className="mt-8 grid grid-cols-2 gap-x-10 gap-y-8 max-xl:grid-cols-1 [&>*]:min-w-0 [&>section]:mt-0">
        <HomeClusters clusters={clusters} maySubmit={maySubmit} />
        <HomeRoutes routes={routes} maySubmit={maySubmit} />
      </div>
    </>
  );
}
