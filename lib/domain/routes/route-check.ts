import type { FieldProblem, MessageValues } from "../portal-error.ts";
import type { LatticeAccountConfig, ServiceNetworkConfig } from "../tenancy/networking.ts";
import type { RouteSpec } from "./route-input.ts";

/** A tenant cluster as a provider or caller: the account it stands in, and its VPC once it has one. */
export type ClusterFacts = { readonly account: string; readonly vpcId: string | null };

/** What a route is checked against. Everything here is known without asking Lattice or a tenant cluster. */
export type RouteFacts = {
  readonly team: string;
  readonly name: string;
  /** The service network the spec names; null when there is none of that name. */
  readonly network: ServiceNetworkConfig | null;
  readonly quotas: LatticeAccountConfig["quotas"];
  /** Region and AWS account id of the network's account. */
  readonly region: string;
  readonly awsAccountId: string;
  /** A tenant cluster by `team-<team>/<cluster>`; null when there is none (any more). */
  readonly clusterOf: (key: string) => ClusterFacts | null;
  /** The spec the route has now, when it is to be changed. */
  readonly previous: RouteSpec | null;
};

export type RouteCheck = { readonly spec: RouteSpec; readonly facts: RouteFacts };

/** One refused field by the name of its rule (`errors.routes.field.<rule>`). */
export function problem(path: string, rule: string, values: MessageValues = {}): FieldProblem {
  return { path, key: `routes.field.${rule}`, values };
}
