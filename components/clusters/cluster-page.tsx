"use client";
import { KeyRound, Trash2, Waypoints } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { paths } from "../../lib/paths.ts";
import { LiveObject } from "../live/live-object.tsx";
import { queryKeys } from "../live/query-keys.ts";
import { Button } from "../ui/button.tsx";
import { ButtonLink } from "../ui/button-link.tsx";
import { readerOf } from "../ui/finding-list.tsx";
import { LinkTabs } from "../ui/link-tabs.tsx";
import { Dot, PageHead } from "../ui/page-head.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { StatusAges } from "../ui/status-ages.tsx";
import { StatusSentence } from "../ui/status-sentence.tsx";
import { useJoined } from "../ui/use-joined.ts";
import { ClusterAside } from "./cluster-aside.tsx";
import type { ShownCluster } from "./cluster-data.ts";
import { ClusterObjects } from "./cluster-objects.tsx";
import { ClusterOverview } from "./cluster-overview.tsx";
import { ClusterPools } from "./cluster-pools.tsx";
import type { ClusterTab } from "./cluster-tabs.ts";
import { ConnectDialog } from "./connect-dialog.tsx";
import { DeleteClusterDialog } from "./delete-cluster-dialog.tsx";

type Props = {
  readonly namespace: string;
  readonly name: string;
  readonly tab: ClusterTab;
  readonly origin: string;
  /** Is the reader of the team that owns it? Findings for her team then say "you". */
  readonly ownTeams: readonly string[];
  readonly isPlatform: boolean;
  /** What the server read for the tabs that are no live view. */
  readonly children?: ReactNode;
};

/** One cluster: where it is, whether that is slow, what is wrong, and what can be done. */
export function ClusterPage(props: Props) {
  const t = useTranslations("uiClusters.page");
  return (
    <LiveObject
      query={queryKeys.cluster(props.namespace, props.name)}
      words={{ errorTitle: t("errorTitle"), gone: t("gone"), back: t("notFoundAction") }}
      listHref={paths.clusters()}
      head={(cluster) => <PageHead title={cluster.name} facts={<Headline cluster={cluster} />} />}
    >
      {(cluster) => <Loaded {...props} cluster={cluster} />}
    </LiveObject>
  );
}

function Loaded({ cluster, tab, origin, ownTeams, isPlatform, children }: Props & { readonly cluster: ShownCluster }) {
  const t = useTranslations("uiClusters.page");
  const { status } = cluster;
  const reader = readerOf(cluster.team, ownTeams, isPlatform);
  return (
    <>
      <PageHead
        title={cluster.name}
        facts={<Headline cluster={cluster} />}
        actions={
          <>
            <ButtonLink
              href={paths.reach({ caller: `cluster/${cluster.namespace}/${cluster.name}` })}
              variant="quiet"
              icon={<Waypoints size={16} aria-hidden="true" />}
            >
              {t("canCall")}
            </ButtonLink>
            {!cluster.limited && <Actions cluster={cluster} origin={origin} />}
          </>
        }
      />
      <StatusSentence
        glyph={status.glyph}
        sentence={status.sentence}
        note={<StatusAges since={status.since} evidenceAt={status.evidenceAt} />}
      />
      {cluster.limited ? (
        <p className="mt-4 text-muted text-table">{t("limited")}</p>
      ) : (
        <LinkTabs
          label={t("tabs")}
          current={tab}
          tabs={[
            { id: "overview", label: t("tab.overview"), href: paths.cluster(cluster.namespace, cluster.name) },
            {
              id: "objects",
              label: t("tab.objects"),
              href: paths.cluster(cluster.namespace, cluster.name, { tab: "objects" }),
              count: cluster.objects.length,
            },
            {
              id: "pools",
              label: t("tab.pools"),
              href: paths.cluster(cluster.namespace, cluster.name, { tab: "pools" }),
              count: cluster.pools.length,
            },
            { id: "activity", label: t("tab.activity"), href: paths.cluster(cluster.namespace, cluster.name, { tab: "activity" }) },
            { id: "yaml", label: t("tab.yaml"), href: paths.cluster(cluster.namespace, cluster.name, { tab: "yaml" }) },
          ]}
        />
      )}
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)_20rem] gap-10 max-lg:grid-cols-1">
        <div className="min-w-0">
          {!cluster.limited && tab === "overview" && <ClusterOverview cluster={cluster} reader={reader} />}
          {!cluster.limited && tab === "objects" && <ClusterObjects cluster={cluster} />}
          {!cluster.limited && tab === "pools" && <ClusterPools pools={cluster.pools} />}
          {!cluster.limited && children}
        </div>
        <ClusterAside cluster={cluster} origin={origin} />
      </div>
    </>
  );
}

function Headline({ cluster }: { readonly cluster: ShownCluster }) {
  const t = useTranslations("uiClusters.page");
  const joined = useJoined();
  const facts: readonly { readonly key: string; readonly text: ReactNode }[] = [
    ...(cluster.version === null ? [] : [{ key: "version", text: t("version", { version: cluster.version }) }]),
    ...(cluster.account === null ? [] : [{ key: "account", text: joined([cluster.account, cluster.region]) }]),
    ...(cluster.blueprint === null ? [] : [{ key: "blueprint", text: t("blueprint", { blueprint: cluster.blueprint }) }]),
    ...(cluster.managed ? [] : [{ key: "managed", text: t("notManaged") }]),
    ...(cluster.openRequest === null ? [] : [{ key: "request", text: <OpenRequest id={cluster.openRequest} /> }]),
  ];
  return facts.map(({ key, text }, at) => (
    <span key={key}>
      {at > 0 && <Dot />}
      {text}
    </span>
  ));
}

function OpenRequest({ id }: { readonly id: string }) {
  const t = useTranslations("uiClusters.page");
  return (
    <Link href={paths.request(id)} className="link">
      {t("request", { id })}
    </Link>
  );
}

function Actions({ cluster, origin }: { readonly cluster: ShownCluster; readonly origin: string }) {
  const t = useTranslations("uiClusters.page");
  const [open, setOpen] = useState<"connect" | "delete" | null>(null);
  const close = (next: boolean) => setOpen(next ? open : null);
  return (
    <>
      <Button
        icon={<KeyRound size={16} aria-hidden="true" />}
        refusal={cluster.can.connect ? null : cluster.can.whyNotConnect}
        onClick={() => setOpen("connect")}
      >
        {t("connect")}
      </Button>
      {(cluster.can.delete || cluster.can.whyNotDelete !== null) && (
        <Button
          variant="danger"
          icon={<Trash2 size={16} aria-hidden="true" />}
          refusal={cluster.can.delete ? null : cluster.can.whyNotDelete}
          onClick={() => setOpen("delete")}
        >
          {t("delete")}
        </Button>
      )}
      <ConnectDialog cluster={cluster} origin={origin} open={open === "connect"} onOpenChange={close} />
      <DeleteClusterDialog cluster={cluster} open={open === "delete"} onOpenChange={close} />
    </>
  );
}
