import { z } from "zod";
import { Message, message } from "../../domain/message.ts";
import { isPortalError } from "../../domain/portal-error.ts";
import { parsePlan } from "../../domain/requests/parse-plan.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import type { ObservedRoute } from "../../domain/routes/observed-route.ts";
import { intentOf } from "../../manifests/intent.ts";
import { type PlacedRef, routeRefs } from "../../manifests/routes/route-refs.ts";
import { toYamlDocuments } from "../../manifests/to-yaml.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";
import { findRoute, ownRouteScope, RouteAddress } from "./find-route.ts";

const TENANT_TIMEOUT_MS = 5_000;

const Destination = z.strictObject({
  destination: z.string(),
  manifests: z.string(),
  /** Why it is empty or not whole: a tenant cluster that does not answer. */
  problem: z.nullable(Message),
});
type Destination = z.infer<typeof Destination>;

/** The route's objects as YAML to take away, by the cluster each belongs in: of each live object what Trellis sends, nothing that others wrote. Before they exist, what was asked for. */
export const getRouteManifests = query({
  name: "route.manifests",
  input: RouteAddress,
  output: z.strictObject({ items: z.array(Destination), nextCursor: z.null() }),
  permission: "route.read",
  scope: ownRouteScope,
  run: async (input, ctx) => {
    const { observed, create } = await findRoute(input, { tx: ctx.db.read, routes: ctx.routes });
    const items = observed !== undefined ? await liveObjects(ctx, observed) : create === undefined ? [] : plannedObjects(create.planBytes);
    return { items, nextCursor: null };
  },
});

async function liveObjects(ctx: Context, observed: ObservedRoute): Promise<Destination[]> {
  const byDestination = Map.groupBy(routeRefs(observed), ({ destination }) => destination);
  return Promise.all([...byDestination].map(([destination, refs]) => readDestination(ctx, destination, refs)));
}

/** A dead tenant cluster costs its own part, never the rest. */
async function readDestination(ctx: Context, destination: string, refs: readonly PlacedRef[]): Promise<Destination> {
  const isManagement = ctx.kube.ids().includes(destination);
  const cluster = isManagement ? ctx.kube.managementCluster(destination) : ctx.kube.cluster(destination);
  try {
    const found = await Promise.all(
      refs.map(({ ref }) => cluster.find(ref, { signal: ctx.signal, ...(isManagement ? {} : { timeoutMs: TENANT_TIMEOUT_MS }) })),
    );
    return { destination, manifests: yamlOf(found.flatMap((object) => object ?? [])), problem: null };
  } catch (error) {
    if (
      isManagement ||
      !isPortalError(error) ||
      (error.code !== "UNAVAILABLE" && error.code !== "PRECONDITION" && error.code !== "NOT_FOUND")
    )
      throw error;
    return {
      destination,
      manifests: "",
      problem: message("routeViews.manifests.unreachable", { cluster: destination.slice(destination.indexOf("/") + 1) }),
    };
  }
}

function plannedObjects(planBytes: string): Destination[] {
  const applied = parsePlan(planBytes).steps.flatMap((step) => (step.op === "apply" ? [step] : []));
  return [...Map.groupBy(applied, ({ destination }) => destination)].map(([destination, steps]) => ({
    destination,
    manifests: yamlOf(steps.map(({ object }) => object)),
    problem: null,
  }));
}

function yamlOf(objects: readonly KubeObject[]): string {
  return toYamlDocuments(objects.map(intentOf));
}
