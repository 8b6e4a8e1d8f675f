"use client";
import { SlidersHorizontal, Terminal, Trash2, Waypoints } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import type { RouteSpec } from "../../lib/domain/routes/route-input.ts";
import { paths } from "../../lib/paths.ts";
import { LiveObject } from "../live/live-object.tsx";
import { queryKeys } from "../live/query-keys.ts";
import { Button } from "../ui/button.tsx";
import { ButtonLink } from "../ui/button-link.tsx";
import { CommandTwin } from "../ui/command-twin.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { readerOf } from "../ui/finding-list.tsx";
import { LinkTabs } from "../ui/link-tabs.tsx";
import { Dot, PageHead } from "../ui/page-head.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { StatusAges } from "../ui/status-ages.tsx";
import { StatusSentence } from "../ui/status-sentence.tsx";
import { useJoined } from "../ui/use-joined.ts";
import { AskToCall } from "./ask-to-call.tsx";
import { groupsOf } from "./path-layout.ts";
import { routeCommands } from "./route-commands.ts";
import { RouteConsumers } from "./route-consumers.tsx";
import type { ShownRoute } from "./route-data.ts";
import { HowToCall, RouteFacts } from "./route-facts.tsx";
import { RouteMapping } from "./route-mapping.tsx";
import { Pair, RouteOverview } from "./route-overview.tsx";
import { RoutePolicy } from "./route-policy.tsx";
import { ROUTE_TABS, type RouteTab } from "./route-tabs.ts";
import { RouteVersions } from "./route-versions.tsx";
import { clusterName } from "./route-words.ts";

const DeleteRouteDialog = dynamic(() => import("./delete-route-dialog.tsx").then((module) => module.DeleteRouteDialog), { ssr: false });

/** What a change starts from: the spec of the newest delivered version, and the request that made it. */
export type CurrentSpec = { readonly request: string | null; readonly spec: RouteSpec };

type Props = {
  readonly namespace: string;
  readonly name: string;
  readonly tab: RouteTab;
  readonly origin: string;
  readonly ownTeams: readonly string[];
  readonly isPlatform: boolean;
  readonly current: CurrentSpec | null;
  /** What the server read for the tabs that are no live view. */
  readonly children?: ReactNode;
};

/** One route: how a call travels, whether each hop is proven, what is wrong, and what can be done. */
export function RoutePage(props: Props) {
  const t = useTranslations("uiRoutes.page");
  return (
    <LiveObject
      query={queryKeys.route(props.namespace, props.name)}
      words={{ errorTitle: t("errorTitle"), gone: t("gone"), back: t("notFoundAction") }}
      listHref={paths.routes()}
      head={(route) => <PageHead title={route.name} facts={<Headline route={route} />} />}
    >
      {(route) => <Loaded {...props} route={route} />}
    </LiveObject>
  );
}

function Loaded(props: Props & { readonly route: ShownRoute }) {
  const { route, tab, ownTeams, isPlatform, children } = props;
  const t = useTranslations("uiRoutes.page");
  const { status, namespace, name } = route;
  const reader = readerOf(route.team, ownTeams, isPlatform);
  const current = useFreshSpec(props);
  return (
    <>
      <PageHead title={name} facts={<Headline route={route} />} actions={<Actions {...props} />} />
      <StatusSentence
        glyph={status.glyph}
        sentence={status.sentence}
        note={<StatusAges since={status.since} evidenceAt={status.evidenceAt} />}
      />
      {route.limited ? (
        <Limited route={route} />
      ) : (
        <>
          <LinkTabs
            label={t("tabs")}
            current={tab}
            tabs={ROUTE_TABS.map((id) => ({
              id,
              label: t(`tab.${id}`),
              href: paths.route(namespace, name, id === "overview" ? {} : { tab: id }),
              count: id === "versions" ? route.versions.length : undefined,
            }))}
          />
          {tab === "overview" && (
            <RouteOverview
              route={route}
              reader={reader}
              spec={current?.spec ?? null}
              whyNotShift={route.openRequest === null ? null : t("shiftWaits", { id: route.openRequest })}
            />
          )}
          {tab === "mapping" && <RouteMapping rows={route.mapping} />}
          {tab === "versions" && <RouteVersions route={route} />}
          {children}
        </>
      )}
    </>
  );
}

/** The spec a shift may start from: read again when another version has been delivered since the page was made. */
function useFreshSpec({ current, route }: Props & { readonly route: ShownRoute }): CurrentSpec | null {
  const router = useRouter();
  const delivered = route.versions.find((version) => version.current)?.request ?? null;
  const isStale = route.can.change && delivered !== null && delivered !== (current?.request ?? null);
  const refresh = useEffectEvent(() => router.refresh());
  // Synchronises with the server, which read the version that was current then.
  useEffect(() => {
    if (isStale) refresh();
  }, [isStale, delivered]);
  return isStale ? null : current;
}

/** What the organisation may see: health, names, how to call, who may call. */
function Limited({ route }: { readonly route: ShownRoute }) {
  const t = useTranslations("uiRoutes.page");
  return (
    <>
      <p className="mt-4 text-muted text-table">{t("limited")}</p>
      <Pair>
        <HowToCall sentences={route.howToCall} />
        <RouteFacts route={route} />
      </Pair>
      <Pair>
        <RouteConsumers route={route} />
        <RoutePolicy policy={route.policy} />
      </Pair>
    </>
  );
}

function Headline({ route }: { readonly route: ShownRoute }) {
  const t = useTranslations("uiRoutes");
  const joined = useJoined();
  const providers = [
    ...new Set(groupsOf(route.path).flatMap(({ backend }) => (backend.cluster === null ? [] : [clusterName(backend.cluster)]))),
  ];
  const facts: readonly { readonly key: string; readonly text: ReactNode }[] = [
    { key: "protocol", text: t(`kind.${route.protocol}`) },
    ...(route.team === null ? [] : [{ key: "team", text: t("page.owner", { team: route.team }) }]),
    ...(providers.length === 0 ? [] : [{ key: "providers", text: t("page.servedFrom", { clusters: joined(providers) }) }]),
    { key: "management", text: t("page.routeIn", { cluster: route.managementCluster }) },
    ...(route.managed ? [] : [{ key: "managed", text: t("page.notManaged") }]),
    ...(route.openRequest === null ? [] : [{ key: "request", text: <OpenRequest id={route.openRequest} /> }]),
  ];
  return facts.map(({ key, text }, at) => (
    <span key={key}>
      {at > 0 && <Dot />}
      {text}
    </span>
  ));
}

function OpenRequest({ id }: { readonly id: string }) {
  const t = useTranslations("uiRoutes.page");
  return (
    <Link href={paths.request(id)} className="link">
      {t("request", { id })}
    </Link>
  );
}

function Actions({ route, origin, ownTeams }: Props & { readonly route: ShownRoute }) {
  const t = useTranslations("uiRoutes.page");
  const [open, setOpen] = useState<"command" | "delete" | null>(null);
  const close = (next: boolean) => setOpen(next ? open : null);
  const { can } = route;
  return (
    <>
      <Button variant="quiet" icon={<Terminal size={16} aria-hidden="true" />} onClick={() => setOpen("command")}>
        {t("command")}
      </Button>
      <ButtonLink
        href={paths.reach({ service: `${route.namespace}/${route.name}` })}
        variant="quiet"
        icon={<Waypoints size={16} aria-hidden="true" />}
      >
        {t("canCall")}
      </ButtonLink>
      {(can.askToCall || (route.limited && can.whyNotAskToCall !== null)) && (
        <AskToCall route={route} ownTeams={ownTeams} refusal={can.askToCall ? null : can.whyNotAskToCall} isMain={route.limited} />
      )}
      {can.change ? (
        <ButtonLink href={paths.changeRoute(route.namespace, route.name)} icon={<SlidersHorizontal size={16} aria-hidden="true" />}>
          {t("change")}
        </ButtonLink>
      ) : (
        can.whyNotChange !== null && (
          <Button icon={<SlidersHorizontal size={16} aria-hidden="true" />} refusal={can.whyNotChange}>
            {t("change")}
          </Button>
        )
      )}
      {(can.delete || can.whyNotDelete !== null) && (
        <Button
          variant="danger"
          icon={<Trash2 size={16} aria-hidden="true" />}
          refusal={can.delete ? null : can.whyNotDelete}
          onClick={() => setOpen("delete")}
        >
          {t("delete")}
        </Button>
      )}
      <Dialog open={open === "command"} onOpenChange={close} wide title={t("command")}>
        <CommandTwin label={t("command")} lines={routeCommands(origin, route)} />
      </Dialog>
      {open === "delete" && <DeleteRouteDialog route={route} open onOpenChange={close} />}
    </>
  );
}
