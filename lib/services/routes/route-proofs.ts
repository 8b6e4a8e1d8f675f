import { z } from "zod";
import type { LatticeAccount } from "../../adapters/lattice/port.ts";
import { PortalError } from "../../domain/portal-error.ts";
import type { Plan, Proof } from "../../domain/requests/plan.ts";
import { RouteMatch } from "../../domain/routes/route-input.ts";
import type { Context } from "../context.ts";
import type { ObservedProof, ProofAnswer } from "../requests/request-kind.ts";
import { proveAccessLogs, provePolicy } from "./prove-policy.ts";
import { proveRoute } from "./prove-route.ts";
import { proveServiceGone } from "./prove-service-gone.ts";
import { proveTargetGroup } from "./prove-target-group.ts";
import { readNetworking } from "./read-networking.ts";

/** An export as Lattice knows it: by the tags its controller writes (lattice.md §1.7). */
export const ExportPin = z.strictObject({ clusterName: z.string(), vpcId: z.string(), namespace: z.string(), exportName: z.string() });
export type ExportPin = z.infer<typeof ExportPin>;

/** The route object behind a Lattice service, and the name the service must have. `managedBy` is `<account>/<cluster>/<vpc>` of its controller. */
export const ServicePin = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  serviceName: z.string(),
  managedBy: z.string(),
});
export type ServicePin = z.infer<typeof ServicePin>;

/** What a plan of a route waits for, as its hashed bytes say it: every proof is read from Lattice itself (lattice.md §10.1.2). */
export const RouteProofParams = {
  "target-group": z.strictObject({ account: z.string(), export: ExportPin }),
  route: z.strictObject({
    account: z.string(),
    region: z.string(),
    service: ServicePin,
    network: z.string(),
    listener: z.strictObject({ port: z.int(), protocol: z.string() }),
    rules: z.array(z.strictObject({ match: RouteMatch, backends: z.array(z.strictObject({ export: ExportPin, weight: z.int() })) })),
  }),
  policy: z.strictObject({ account: z.string(), service: ServicePin, policy: z.nullable(z.string()) }),
  "access-logs": z.strictObject({ account: z.string(), service: ServicePin, destinationArn: z.string() }),
  "service-gone": z.strictObject({ account: z.string(), service: ServicePin }),
} as const;
export type RouteProofName = keyof typeof RouteProofParams;
export type ParamsOf<Name extends RouteProofName> = z.infer<(typeof RouteProofParams)[Name]>;

/** Seconds each proof may take: the controller works in rounds of ten seconds, and again after errors with growing pauses (lattice.md §10.2–10.3). */
const DEADLINE_SECONDS: Readonly<Record<RouteProofName, number>> = {
  "target-group": 300,
  route: 600,
  policy: 300,
  "access-logs": 300,
  "service-gone": 600,
};

/** A proof for a plan. */
export function routeProof<Name extends RouteProofName>(name: Name, params: ParamsOf<Name>): Proof {
  return { type: "observed", name, params: z.record(z.string(), z.json()).parse(params), deadlineSeconds: DEADLINE_SECONDS[name] };
}

/** Looks at Lattice for one proof; reads only. `INTERNAL` for a proof that no route plan holds · `PRECONDITION` `routeRequests.accountNotRead` · what `LatticePort` throws. */
export async function proveRouteStep(ctx: Context, { name, params }: ObservedProof, _plan: Plan): Promise<ProofAnswer> {
  switch (name) {
    case "target-group":
      return proveTargetGroup(ctx, await accountOf(ctx, params), RouteProofParams["target-group"].parse(params));
    case "route":
      return proveRoute(ctx, await accountOf(ctx, params), RouteProofParams.route.parse(params));
    case "policy":
      return provePolicy(ctx, await accountOf(ctx, params), RouteProofParams.policy.parse(params));
    case "access-logs":
      return proveAccessLogs(ctx, await accountOf(ctx, params), RouteProofParams["access-logs"].parse(params));
    case "service-gone":
      return proveServiceGone(ctx, await accountOf(ctx, params), RouteProofParams["service-gone"].parse(params));
    default:
      throw new PortalError("INTERNAL", "requests.planUnreadable");
  }
}

async function accountOf(ctx: Context, params: ObservedProof["params"]): Promise<LatticeAccount> {
  const id = z.string().parse(params["account"]);
  const account = (await readNetworking(ctx.db.read)).accounts.find((one) => one.id === id);
  if (account === undefined) throw new PortalError("PRECONDITION", "routeRequests.accountNotRead", { account: id });
  return account;
}
