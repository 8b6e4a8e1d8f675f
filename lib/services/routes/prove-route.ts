import type { LatticeAccount } from "../../adapters/lattice/port.ts";
import { type Message, message } from "../../domain/message.ts";
import { compareRules, findExtraRules, type WantedRule } from "../../domain/routes/compare-rules.ts";
import type { LatticeListener, LatticeServiceDetail } from "../../domain/routes/lattice-facts.ts";
import type { Context } from "../context.ts";
import type { ProofAnswer } from "../requests/request-kind.ts";
import { findExportGroups } from "./find-export-groups.ts";
import { findRouteService } from "./find-route-service.ts";
import type { ExportPin, ParamsOf } from "./route-proofs.ts";

type Params = ParamsOf<"route">;
const missing = (key: string, values: Message["values"] = {}, raw?: string): ProofAnswer => ({
  done: false,
  missing: message(`routeRequests.missing.${key}`, values),
  ...(raw === undefined ? {} : { raw }),
});

/** Does Lattice hold the route: service ACTIVE, association with the network ACTIVE, a listener with exactly these rules, target groups and weights? (lattice.md §10.1.2) */
export async function proveRoute(ctx: Context, account: LatticeAccount, params: Params): Promise<ProofAnswer> {
  const { service: pin, network } = params;
  // What a person sees of this service should be as new as what the delivery sees.
  ctx.facts.want(account.id, pin.serviceName);
  const service = await findRouteService(ctx, account, pin);
  if (service === null) return missing("service", { name: pin.serviceName });
  if (service.status !== "ACTIVE")
    return missing("serviceActive", { name: service.name, status: service.status }, service.failureMessage ?? undefined);
  const attached = await lookAtAssociation(ctx, account, service, network);
  if (attached !== null) return attached;
  const listeners = await ctx.lattice.listListeners(account, service.id, { signal: ctx.signal, urgent: true });
  const listener = listeners.find(({ port, protocol }) => port === params.listener.port && protocol === params.listener.protocol);
  if (listener === undefined) return missing("listener", { port: params.listener.port, protocol: params.listener.protocol });
  const different = await lookAtRules(ctx, account, params, listener);
  return different ?? { done: true, result: { service: service.id, domainName: service.domainName, listener: listener.id } };
}

async function lookAtAssociation(
  ctx: Context,
  account: LatticeAccount,
  service: LatticeServiceDetail,
  network: string,
): Promise<ProofAnswer | null> {
  const all = await ctx.lattice.listServiceAssociations(account, { serviceId: service.id }, { signal: ctx.signal, urgent: true });
  const own = all.find(({ networkName, networkId }) => networkName === network || networkId === network);
  if (own === undefined) return missing("association", { network });
  if (own.status === "ACTIVE") return null;
  return missing("associationActive", { network, status: own.status }, own.failureMessage ?? undefined);
}

async function lookAtRules(ctx: Context, account: LatticeAccount, params: Params, listener: LatticeListener): Promise<ProofAnswer | null> {
  const groupOf = await groupsOf(ctx, account, params);
  const wanted: readonly WantedRule[] = params.rules.map(({ match, backends }) => ({
    match,
    backends: backends.map((backend) => ({ targetGroupId: groupOf.get(keyOf(backend.export)) ?? null, weight: backend.weight })),
  }));
  const different = compareRules(wanted, listener).find(({ result }) => result !== "same");
  if (different !== undefined)
    return missing("rule", { n: different.n, difference: message(`routeRequests.difference.${different.result}`) });
  const extra = findExtraRules(wanted, listener);
  return extra.length > 0 ? missing("extraRules", { count: extra.length }) : null;
}

async function groupsOf(ctx: Context, account: LatticeAccount, { rules }: Params): Promise<ReadonlyMap<string, string>> {
  const pins = new Map(rules.flatMap(({ backends }) => backends.map((backend) => [keyOf(backend.export), backend.export] as const)));
  const found = new Map<string, string>();
  for (const [key, pin] of pins) {
    const [group] = await findExportGroups(ctx, account, pin);
    if (group !== undefined) found.set(key, group.id);
  }
  return found;
}

function keyOf({ clusterName, namespace, exportName }: ExportPin): string {
  return `${clusterName}/${namespace}/${exportName}`;
}
