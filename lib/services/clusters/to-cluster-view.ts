import { toObjectViews, toPoolView } from "../../domain/clusters/cluster-parts.ts";
import { toClusterRow } from "../../domain/clusters/cluster-row.ts";
import { clusterStatus } from "../../domain/clusters/cluster-status.ts";
import type { ClusterRowView, ClusterStatus, ClusterView } from "../../domain/clusters/cluster-view.ts";
import { CreateClusterInput } from "../../domain/clusters/create-cluster-input.ts";
import { eksNameOf } from "../../domain/clusters/eks-name.ts";
import { RequestId } from "../../domain/ids.ts";
import { type Message, message } from "../../domain/message.ts";
import { holds } from "../../domain/tenancy/permissions.ts";
import type { Context } from "../context.ts";
import type { FoundCluster } from "./find-cluster.ts";
import { requestedRow, requestedStatus } from "./requested-row.ts";
import { canReadCluster, clusterScope, limitRow } from "./visible-clusters.ts";

/** The page of a cluster as the actor may see it; null when there is nothing of it (any more). */
export async function toClusterView(ctx: Context, found: FoundCluster): Promise<ClusterView | null> {
  const { observed, create } = found;
  if (observed === undefined && create === undefined) return null;
  const view = observed === undefined ? requestedView(found) : await observedView(ctx, found);
  if (view === null) return null;
  return canReadCluster(ctx.actor, view.namespace) ? view : limitView(view);
}

async function observedView(ctx: Context, found: FoundCluster): Promise<ClusterView | null> {
  const { observed, create, remove } = found;
  if (observed === undefined) return null;
  const { controlPlane } = observed;
  const status = clusterStatus(observed, ctx.clock.now());
  return {
    ...identityOf({ ...toClusterRow(observed, status), openRequest: (remove ?? create)?.id ?? null }),
    description: observed.description,
    limited: false,
    status,
    eksName: controlPlane?.eksName ?? null,
    endpoint: controlPlane?.endpoint ?? null,
    vpcCidr: controlPlane?.vpcCidr ?? null,
    createdAt: observed.createdAt?.toISOString() ?? null,
    requestedBy: await requesterOf(ctx, observed.request),
    createRequest: observed.request,
    addons: (controlPlane?.addons ?? []).map(({ name, version, status: state }) => ({ name, version, status: state })),
    accessEntries: (controlPlane?.accessEntries ?? []).map(({ principal, policies }) => ({ principal, policies: [...policies] })),
    pools: observed.pools.map((pool) => toPoolView(pool, observed)),
    objects: [...toObjectViews(observed, status)],
    can: permitted(ctx, found),
  };
}

/** Nothing exists yet: the page shows what was asked for. */
function requestedView({ create }: FoundCluster): ClusterView | null {
  if (create === undefined) return null;
  const input = CreateClusterInput.safeParse(create.input).data;
  return {
    ...identityOf(requestedRow(create)),
    description: input?.description ?? null,
    limited: false,
    status: requestedStatus(create),
    eksName: eksNameOf(create.target.namespace, create.target.name),
    endpoint: null,
    vpcCidr: input?.network.mode === "managed" ? input.network.cidr : null,
    createdAt: null,
    requestedBy: null,
    createRequest: create.id,
    addons: [],
    accessEntries: [],
    pools: [],
    objects: [],
    can: {
      connect: false,
      delete: false,
      whyNotConnect: message("clusters.cannot.connectYet"),
      whyNotDelete: message("clusters.cannot.deleteRequested", { request: create.id }),
    },
  };
}

/** The members of a row that stand on the page too. */
function identityOf(row: ClusterRowView) {
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

async function requesterOf(ctx: Context, request: string | null): Promise<string | null> {
  const id = RequestId.safeParse(request);
  const record = id.success ? await ctx.db.read.requests.find(id.data) : null;
  if (record?.requesterId == null) return null;
  return (await ctx.db.read.people.findUser(record.requesterId))?.name ?? null;
}

function permitted({ actor }: Context, { observed, remove }: FoundCluster): ClusterView["can"] {
  if (observed === undefined) return { connect: false, delete: false, whyNotConnect: null, whyNotDelete: null };
  const scope = clusterScope(observed.namespace);
  const noConnect = holds(actor, "cluster.connect", scope) ? whyNotConnect(observed) : message("clusters.cannot.connectRight");
  const noDelete = holds(actor, "request.submit", scope) ? whyNotDelete(observed, remove?.id ?? null) : null;
  return {
    connect: noConnect === null,
    delete: noDelete === null && holds(actor, "request.submit", scope),
    whyNotConnect: noConnect,
    whyNotDelete: noDelete,
  };
}

type Observed = NonNullable<FoundCluster["observed"]>;

/** Why a kubeconfig cannot be made: it needs endpoint, Region and EKS name, and a control plane that was up once. */
export function whyNotConnect({ controlPlane, deletingSince }: Observed): Message | null {
  if (deletingSince !== null) return message("clusters.cannot.connectDeleting");
  if (
    controlPlane === null ||
    !controlPlane.initialized ||
    controlPlane.endpoint === null ||
    controlPlane.region === null ||
    controlPlane.eksName === null
  ) {
    return message("clusters.cannot.connectYet");
  }
  return null;
}

function whyNotDelete({ managed, deletingSince }: Observed, open: string | null): Message | null {
  if (!managed) return message("clusters.cannot.deleteNotManaged");
  if (deletingSince !== null) return message("clusters.cannot.deleteRunning");
  return open === null ? null : message("clusters.cannot.deleteAsked", { request: open });
}

/** What the organisation may see: name, description, owner and health (product.md §2). */
function limitView(view: ClusterView): ClusterView {
  const { status } = view;
  const row = limitRow({
    ...view,
    state: status.state,
    stuck: status.stuck,
    glyph: status.glyph,
    sentence: status.sentence,
    since: status.since,
    evidenceAt: status.evidenceAt,
    findings: 0,
  });
  const limited: ClusterStatus = { ...status, sentence: row.sentence, steps: [], findings: [] };
  return {
    ...view,
    ...identityOf(row),
    limited: true,
    status: limited,
    eksName: null,
    endpoint: null,
    vpcCidr: null,
    requestedBy: null,
    createRequest: null,
    addons: [],
    accessEntries: [],
    pools: [],
    objects: [],
    can: { connect: false, delete: false, whyNotConnect: null, whyNotDelete: null },
  };
}
