import type { z } from "zod";
import type { ConditionView } from "../../domain/clusters/cluster-view.ts";
import { conditionGlyph } from "../../domain/clusters/condition-polarity.ts";
import { RequestId } from "../../domain/ids.ts";
import { message } from "../../domain/message.ts";
import { consumerViews } from "../../domain/routes/consumer-view.ts";
import { callFacts, callSteps, callUrl } from "../../domain/routes/how-to-call.ts";
import type { ObservedRoute } from "../../domain/routes/observed-route.ts";
import { policyView } from "../../domain/routes/policy-view.ts";
import { routeEventViews } from "../../domain/routes/route-event-view.ts";
import { CreateRouteInput } from "../../domain/routes/route-input.ts";
import { routeMapping } from "../../domain/routes/route-mapping.ts";
import { routePath } from "../../domain/routes/route-path-view.ts";
import { toRouteRow } from "../../domain/routes/route-row.ts";
import { routeStatus } from "../../domain/routes/route-status.ts";
import type { RouteRowView, RouteStatus, RouteView } from "../../domain/routes/route-view.ts";
import type { Networking } from "../../domain/tenancy/networking.ts";
import { routeRefs } from "../../manifests/routes/route-refs.ts";
import type { Context } from "../context.ts";
import type { FoundRoute } from "./find-route.ts";
import { readNetworking } from "./read-networking.ts";
import { requestedRouteRow, requestedRouteStatus } from "./requested-route-row.ts";
import { routeRights } from "./route-rights.ts";
import { routeSince, sinceOf } from "./route-since.ts";
import { routeVersions } from "./route-versions.ts";
import { canReadRoute, limitRouteRow } from "./visible-routes.ts";

/** The page of a route as the actor may see it; null when there is nothing of it (any more). */
export async function toRouteView(ctx: Context, found: FoundRoute): Promise<RouteView | null> {
  const view = found.observed === undefined ? requestedView(found) : await observedView(ctx, found, found.observed);
  if (view === null) return null;
  return canReadRoute(ctx.actor, view.namespace) ? view : limitView(view);
}

async function observedView(ctx: Context, found: FoundRoute, observed: ObservedRoute): Promise<RouteView> {
  const now = ctx.clock.now();
  const said = routeStatus(observed, now);
  const row = toRouteRow(observed, said);
  const status: RouteStatus = { ...said, since: sinceOf(await routeSince(ctx.db), row) };
  const { managementCluster, namespace, name } = observed;
  const call = callFacts(observed);
  return {
    ...identityOf({ ...row, openRequest: (found.remove ?? found.change ?? found.create)?.id ?? null }),
    description: observed.description,
    limited: false,
    status,
    serviceName: observed.serviceName,
    hostname: observed.hostnames[0] ?? null,
    url: callUrl(call),
    howToCall: callSteps(call).map(({ text }) => text),
    path: [...routePath(observed)],
    consumers: [...consumerViews(observed, now)],
    policy: policyView(observed),
    accessLogs: accessLogsOf(observed),
    conditions: conditionsOf(observed),
    events: [...routeEventViews(observed)],
    mapping: [...routeMapping(observed, now)],
    objects: [...routeRefs(observed)],
    versions: await routeVersions(ctx, { managementCluster, namespace, name }, observed.request),
    requestedBy: await requesterOf(ctx, observed.request),
    createdAt: observed.createdAt?.toISOString() ?? null,
    can: routeRights(ctx.actor, found, await networkingOf(ctx)),
  };
}

async function networkingOf({ db }: Context): Promise<Networking> {
  return (await readNetworking(db.read)).config;
}

/** Nothing exists yet: the page shows what was asked for. */
function requestedView({ create }: FoundRoute): RouteView | null {
  if (create === undefined) return null;
  const input = CreateRouteInput.safeParse(create.input).data;
  return {
    ...identityOf(requestedRouteRow(create)),
    description: input?.description ?? null,
    limited: false,
    status: requestedRouteStatus(create),
    serviceName: input?.serviceName ?? null,
    hostname: input?.hostname ?? null,
    url: null,
    howToCall: [],
    path: [],
    consumers: [],
    policy: null,
    accessLogs: null,
    conditions: [],
    events: [],
    mapping: [],
    objects: [],
    versions: [],
    requestedBy: null,
    createdAt: null,
    can: { change: false, delete: false, askToCall: false, whyNotChange: null, whyNotDelete: null, whyNotAskToCall: null },
  };
}

/** The members of a row that stand on the page too. */
function identityOf(row: RouteRowView) {
  const {
    state: _state,
    stuck: _stuck,
    glyph: _glyph,
    sentence: _sentence,
    since: _since,
    evidenceAt: _evidenceAt,
    findings: _findings,
    ...identity
  } = row;
  return identity;
}

function accessLogsOf({ accessLog, lattice }: ObservedRoute): RouteView["accessLogs"] {
  if (accessLog === null) return null;
  const { destinationArn } = accessLog;
  return { destinationArn, active: lattice?.accessLogs?.value.some((one) => one.destinationArn === destinationArn) ?? false };
}

const POSITIVE: readonly string[] = ["Accepted", "ResolvedRefs", "Programmed"];

/** The controller's words, without its times: it writes them anew on every reconcile (lattice.md §10.1.3). */
function conditionsOf({ parents, policy, accessLog }: ObservedRoute): z.infer<typeof ConditionView>[] {
  const all = [...parents.flatMap(({ conditions }) => conditions ?? []), ...(policy?.conditions ?? []), ...(accessLog?.conditions ?? [])];
  return all.slice(0, 30).map((condition) => {
    const { type, status, reason } = condition;
    const glyph = POSITIVE.includes(type)
      ? status === "True"
        ? "ok"
        : status === "False"
          ? "failed"
          : "unknown"
      : conditionGlyph(condition);
    return { type, status, glyph, reason, message: condition.message, at: null };
  });
}

async function requesterOf(ctx: Context, request: string | null): Promise<string | null> {
  const id = RequestId.safeParse(request);
  const record = id.success ? await ctx.db.read.requests.find(id.data) : null;
  if (record?.requesterId == null) return null;
  return (await ctx.db.read.people.findUser(record.requesterId))?.name ?? null;
}

/** What the organisation may see: who owns it, its health in a word, networks, DNS name, how to call it, who may call it, and when it changed last (product.md §2). */
function limitView(view: RouteView): RouteView {
  const { status } = view;
  const row = limitRouteRow({
    ...view,
    state: status.state,
    stuck: status.stuck,
    glyph: status.glyph,
    sentence: status.sentence,
    since: status.since,
    evidenceAt: status.evidenceAt,
    findings: 0,
  });
  return {
    ...view,
    ...identityOf(row),
    limited: true,
    status: { ...status, sentence: row.sentence, proofs: [], findings: [] },
    serviceName: null,
    path: [],
    policy: view.policy === null ? null : { ...view.policy, json: "", warnings: [] },
    accessLogs: null,
    conditions: [],
    events: [],
    mapping: [],
    objects: [],
    versions: view.versions.slice(0, 1).map((version) => ({ ...version, by: null, summary: message("routeViews.version.limited") })),
    requestedBy: null,
    can: { ...view.can, change: false, delete: false, whyNotChange: null, whyNotDelete: null },
  };
}
