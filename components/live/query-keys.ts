import type { ClusterRowView, ClusterView } from "../../lib/domain/clusters/cluster-view.ts";
import type { Localized } from "../../lib/domain/message.ts";
import type { Impact } from "../../lib/domain/requests/impact.ts";
import type { InboxRowView, RequestRowView, RequestView } from "../../lib/domain/requests/request-view.ts";
import type { RouteRowView, RouteView } from "../../lib/domain/routes/route-view.ts";
import { applyPatch } from "../../lib/domain/topology/apply-patch.ts";
import type { DirectoryEntry, DirectoryRow } from "../../lib/domain/topology/directory-view.ts";
import type { ReachAnswer, ReachMatrix } from "../../lib/domain/topology/reach-view.ts";
import type { TopologyPatch, TopologyView } from "../../lib/domain/topology/topology-view.ts";
import { apiPaths } from "../../lib/paths.ts";
import type { LiveTopic } from "./live-protocol.ts";
import type { LiveQuery } from "./live-query.ts";
import { type Patch, patchItems, patchWhole, patchWith, readAgain } from "./patch.ts";

export type Items<View> = { readonly items: readonly Localized<View>[]; readonly nextCursor: string | null };
/** `total` and `counts` by state are of all that match team and search, whatever state is asked for. */
export type CountedItems<View> = Items<View> & { readonly total: number; readonly counts: Readonly<Record<string, number>> };
/** `networks`: those of the whole directory, for a choice. */
export type DirectoryItems = CountedItems<DirectoryRow> & { readonly networks: readonly string[] };
export type ClusterItems = CountedItems<ClusterRowView>;
type Filter = Readonly<Record<string, string>>;
type Question = Readonly<Record<string, string | readonly string[] | undefined>>;

const topic = (name: string, input: LiveTopic["input"] = {}): LiveTopic => ({ topic: name, input });

function routeTopic(service: string): readonly { readonly on: LiveTopic; readonly patch: Patch<Localized<ReachAnswer>> }[] {
  const [namespace = "", name = ""] = service.split("/");
  return name === "" ? [] : [{ on: topic("route", { namespace, name }), patch: readAgain() }];
}

/** Every live view of the portal: its cache key, the REST door of the same query, and the topics behind it. */
export const queryKeys = {
  clusters: (filter: Filter): LiveQuery<ClusterItems> => ({
    key: ["clusters", filter],
    url: apiPaths.clusters(filter),
    topics: [
      {
        on: topic("cluster.list"),
        patch: patchItems<Localized<ClusterRowView>, ClusterItems>({
          keyOf: (row) => row.key,
          placeOf: ({ glyph, state, stuck, version, since, openRequest }) => [glyph, state, stuck, version, since, openRequest].join(),
        }),
      },
    ],
  }),
  cluster: (namespace: string, name: string): LiveQuery<Localized<ClusterView>> => ({
    key: ["cluster", namespace, name],
    url: apiPaths.cluster(namespace, name),
    topics: [{ on: topic("cluster", { namespace, name }), patch: patchWhole() }],
  }),
  routes: (filter: Filter): LiveQuery<CountedItems<RouteRowView>> => ({
    key: ["routes", filter],
    url: apiPaths.routes(filter),
    topics: [
      {
        on: topic("route.list"),
        patch: patchItems<Localized<RouteRowView>, CountedItems<RouteRowView>>({
          keyOf: (row) => row.key,
          placeOf: ({ glyph, state, stuck, since, openRequest }) => [glyph, state, stuck, since, openRequest].join(),
        }),
      },
    ],
  }),
  route: (namespace: string, name: string): LiveQuery<Localized<RouteView>> => ({
    key: ["route", namespace, name],
    url: apiPaths.route(namespace, name),
    topics: [{ on: topic("route", { namespace, name }), patch: patchWhole() }],
  }),
  directory: (filter: Filter): LiveQuery<DirectoryItems> => ({
    key: ["directory", filter],
    url: apiPaths.directory(filter),
    topics: [
      {
        on: topic("directory"),
        patch: patchItems<Localized<DirectoryRow>, DirectoryItems>({
          keyOf: (row) => row.key,
          placeOf: ({ glyph, team, changedAt, mayCall }) => [glyph, team, changedAt, mayCall].join(),
        }),
      },
    ],
  }),
  directoryEntry: (namespace: string, name: string): LiveQuery<Localized<DirectoryEntry>> => ({
    key: ["directory-entry", namespace, name],
    url: apiPaths.directoryEntry(namespace, name),
    topics: [{ on: topic("directory", { service: { namespace, name } }), patch: readAgain() }],
  }),
  requests: (filter: Filter): LiveQuery<Items<RequestRowView>> => ({
    key: ["requests", filter],
    url: apiPaths.requests(filter),
    topics: [
      {
        on: topic("requests"),
        patch: patchItems<Localized<RequestRowView>, Items<RequestRowView>>({ keyOf: (row) => row.id, placeOf: (row) => row.state }),
      },
    ],
  }),
  request: (id: string): LiveQuery<Localized<RequestView>> => ({
    key: ["request", id],
    url: apiPaths.request(id),
    topics: [{ on: topic("request", { id }), patch: patchWhole() }],
  }),
  /** `input`: members in one fixed order, as components/topology/map/map-address.ts writes them. */
  topology: (input: Readonly<Record<string, string | number | readonly string[] | undefined>>): LiveQuery<Localized<TopologyView>> => ({
    key: ["topology", input],
    url: apiPaths.topology(input),
    topics: [
      { on: topic("topology", input), patch: patchWith<Localized<TopologyView>>((view, change) => applyPatch(view, asMapPatch(change))) },
    ],
  }),
  impact: (node: string): LiveQuery<Localized<Impact>> => ({
    key: ["impact", node],
    url: apiPaths.impact({ node }),
    topics: [{ on: topic("topology"), patch: readAgain() }],
  }),
  inbox: (): LiveQuery<Items<InboxRowView>> => ({
    key: ["inbox"],
    url: apiPaths.inbox(),
    topics: [{ on: topic("inbox"), patch: readAgain() }],
  }),
  /** Worked out of many facts: whatever changes on the map or on the service's route, it is asked again. */
  reach: (question: Question): LiveQuery<Localized<ReachAnswer>> => ({
    key: ["reach", question],
    url: apiPaths.reach(question),
    topics: [{ on: topic("topology"), patch: readAgain() }, ...routeTopic(String(question["service"] ?? ""))],
  }),
  reachMatrix: (network: string): LiveQuery<Localized<ReachMatrix>> => ({
    key: ["reach.matrix", network],
    url: apiPaths.reachMatrix({ network }),
    topics: [{ on: topic("topology"), patch: readAgain() }],
  }),
} as const;

// Safe: the topic `topology` pushes nothing but patches of the map.
function asMapPatch(change: object): Localized<TopologyPatch> {
  return change as Localized<TopologyPatch>;
}
