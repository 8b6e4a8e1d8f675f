import type { ObservedRoute } from "../../domain/routes/observed-route.ts";
import { foreignNamespace } from "../../domain/topology/directory-foreign.ts";
import type { ReachFacts } from "../../domain/topology/reach-facts.ts";
import type { Context } from "../context.ts";
import type { readNetworking } from "../routes/read-networking.ts";
import { canReadRoute, canSeeRoute } from "../routes/visible-routes.ts";
import { isPlatform, visibleForeign } from "./directory-items.ts";
import type { NamedForeign } from "./foreign-services.ts";

export type NetworksInUse = Awaited<ReturnType<typeof readNetworking>>;
export type ReachReads = Pick<Context, "actor" | "routes" | "clusters" | "facts" | "clock"> & { readonly networking: NetworksInUse };

/** A service one may ask about. `limited`: the reader sees only what the organisation may see of it. */
export type ReachableService = { readonly facts: ReachFacts; readonly limited: boolean; readonly route: ObservedRoute | null };

const PROTOCOLS = { HTTPRoute: "http", GRPCRoute: "grpc", TLSRoute: "tls" } as const;

/** By its address in the directory; null when there is none, or when the actor may not know of it: the same. */
export function findReachService(reads: ReachReads, address: string): ReachableService | null {
  const cut = address.indexOf("/");
  const [namespace, name] = [address.slice(0, Math.max(cut, 0)), address.slice(cut + 1)];
  if (namespace.startsWith("aws.")) {
    const foreign = visibleForeign(reads, reads.networking).find((one) => foreignNamespace(one.service) === namespace && one.name === name);
    return foreign === undefined ? null : foreignReach(reads, foreign);
  }
  const observed = reads.routes.find(namespace, name);
  return observed === undefined ? null : seen(reads, observed);
}

/** Every service the actor may ask about. */
export function reachServices(reads: ReachReads): readonly ReachableService[] {
  return [
    ...[...reads.routes.values()].flatMap((observed) => seen(reads, observed) ?? []),
    ...visibleForeign(reads, reads.networking).map((one) => foreignReach(reads, one)),
  ];
}

function seen(reads: ReachReads, observed: ObservedRoute): ReachableService | null {
  if (!canSeeRoute(reads.actor, observed)) return null;
  return { facts: routeFacts(reads, observed), limited: !canReadRoute(reads.actor, observed.namespace), route: observed };
}

function routeFacts({ networking }: ReachReads, observed: ObservedRoute): ReachFacts {
  const { lattice, namespace, name, team } = observed;
  const account = lattice?.account ?? null;
  const networks = lattice?.networks ?? [];
  const service = lattice?.service?.value ?? null;
  return {
    service: {
      namespace,
      name,
      team,
      domainName: service?.domainName ?? null,
      networks: networks.length > 0 ? networks.map((one) => one.name).sort() : observed.network === null ? [] : [observed.network],
    },
    protocol: PROTOCOLS[observed.kind],
    account: networking.accounts.find(({ id }) => id === account)?.awsAccountId ?? "",
    arn: service?.arn ?? null,
    lattice,
    networks,
    changedAt: observed.generationSeenAt,
  };
}

/** A Lattice service that no route owns: what its account's Lattice says is all there is. */
function foreignReach(reads: ReachReads, { service, name }: NamedForeign): ReachableService {
  const { lattice, account, arn, domainName } = service;
  const isPassthrough = (lattice.listeners?.value ?? []).some(({ protocol }) => protocol === "TLS_PASSTHROUGH");
  const networks = service.networks.map((one) => one.name);
  const facts: ReachFacts = {
    service: { namespace: foreignNamespace(service), name, team: null, domainName, networks },
    protocol: isPassthrough ? "tls" : "http",
    account: account.awsAccountId,
    arn,
    lattice,
    networks: lattice.networks,
    changedAt: null,
  };
  return { facts, limited: !isPlatform(reads.actor), route: null };
}
