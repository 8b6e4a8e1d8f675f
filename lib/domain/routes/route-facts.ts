import type { ObservedCondition } from "../clusters/observed-cluster.ts";
import { compareRules, findExtraRules, type RuleComparison, type WantedRule } from "./compare-rules.ts";
import { groupState, type ObservedGroup } from "./group-state.ts";
import { LATTICE_TAGS, type LatticeListener, type LatticeServiceAssociation } from "./lattice-facts.ts";
import type { ObservedExport, ObservedImport, ObservedProvider, ObservedRoute, RouteObjectBackend } from "./observed-route.ts";
import { DEPLOY_DEADLINE_MS } from "./route-limits.ts";
import type { GroupState } from "./route-view.ts";

/** Small questions to observed routes that status, proofs and findings share. */

/** Observed routes never change: what a dozen rules ask of one is worked out once. A declaration, so that it is there before its users. */
function oncePerRoute<Answer>(ask: (observed: ObservedRoute) => Answer): (observed: ObservedRoute) => Answer {
  const known = new WeakMap<ObservedRoute, { readonly answer: Answer }>();
  return (observed) => {
    const found = known.get(observed) ?? { answer: ask(observed) };
    known.set(observed, found);
    return found.answer;
  };
}

/** Is the generation so young that Lattice need not hold it yet? */
export function isWithinDeadline({ generationSeenAt }: ObservedRoute, now: Date): boolean {
  return now.getTime() - generationSeenAt.getTime() < DEPLOY_DEADLINE_MS;
}

export function isYoungerThan(from: Date | null, ms: number, now: Date): boolean {
  return from !== null && now.getTime() - from.getTime() < ms;
}

/** What the controller says of the first parent that says it; conditions about an older generation say nothing. */
export function parentCondition({ parents, generation }: ObservedRoute, type: string): ObservedCondition | null {
  const current = parents.filter(({ observedGeneration }) => observedGeneration === null || observedGeneration >= generation);
  const all = current.flatMap(({ conditions }) => (conditions ?? []).filter((condition) => condition.type === type));
  return all.find(({ status }) => status === "False") ?? all[0] ?? null;
}

/** The condition when it is False for one of these reasons, or for any when none is given. */
export function refusedParent(observed: ObservedRoute, type: string, ...reasons: readonly string[]): ObservedCondition | null {
  const condition = parentCondition(observed, type);
  if (condition?.status !== "False") return null;
  return reasons.length === 0 || reasons.includes(condition.reason ?? "") ? condition : null;
}

export function importOf({ imports }: ObservedRoute, { kind, namespace, name }: RouteObjectBackend): ObservedImport | null {
  if (kind !== "ServiceImport") return null;
  return imports.find((one) => one.namespace === namespace && one.name === name) ?? null;
}

/** Under which name the group of an import is asked for: its own, or with the namespace where two of a route share one. */
export function importKey(
  { imports }: Pick<ObservedRoute, "imports">,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): string {
  const isAlone = imports.filter((one) => one.name === name).length < 2;
  return isAlone ? name : `${namespace}/${name}`;
}

/** The target group behind a backend: found by the tags its import pins, or made by the controller for the route's own Service. */
export function groupOf(observed: ObservedRoute, backend: RouteObjectBackend): ObservedGroup | null {
  const groups = observed.lattice?.groups ?? [];
  if (backend.kind === "ServiceImport") {
    const own = groupsOfImport(observed, backend);
    const arn = observed.lattice?.service?.value.arn;
    // An export whose protocol changed has two groups for a while: the one at work counts (lattice.md §10.1.8).
    return own.find(({ group }) => arn !== undefined && group.value.serviceArns.includes(arn)) ?? own[0] ?? null;
  }
  return (
    groups.find(({ importName, group: { value } }) => {
      const { tags } = value;
      const isOwn = tags[LATTICE_TAGS.routeName] === observed.name && tags[LATTICE_TAGS.routeNamespace] === observed.namespace;
      const isIt = tags[LATTICE_TAGS.serviceName] === backend.name && tags[LATTICE_TAGS.serviceNamespace] === backend.namespace;
      return importName === null && isOwn && isIt;
    }) ?? null
  );
}

/** Every group that carries the tags an import pins, in the order in which Lattice lists them. */
export function groupsOfImport(
  observed: ObservedRoute,
  named: { readonly namespace: string; readonly name: string },
): readonly ObservedGroup[] {
  const key = importKey(observed, named);
  return (observed.lattice?.groups ?? []).filter(({ importName }) => importName === key);
}

export type UsedBackend = { readonly backend: RouteObjectBackend; readonly group: ObservedGroup | null; readonly state: GroupState };

/** Backends that get a share of some rule's calls, each once. */
export const usedBackends = oncePerRoute((observed: ObservedRoute): readonly UsedBackend[] => {
  const found = new Map<string, UsedBackend>();
  for (const backend of observed.rules.flatMap(({ backends }) => backends)) {
    const key = `${backend.kind}/${backend.namespace}/${backend.name}`;
    if (backend.weight === 0 || found.has(key)) continue;
    const group = groupOf(observed, backend);
    found.set(key, { backend, group, state: groupState(group) });
  }
  return [...found.values()];
});

/** The rules of the object with the groups its backends have now. */
export function wantedRules(observed: ObservedRoute): readonly WantedRule[] {
  return observed.rules.map(({ match, backends }) => ({
    match,
    backends: backends.map((backend) => ({ targetGroupId: groupOf(observed, backend)?.group.value.id ?? null, weight: backend.weight })),
  }));
}

export type HeldListener = {
  readonly name: string;
  readonly port: number | null;
  readonly listener: LatticeListener | null;
  readonly comparisons: readonly RuleComparison[];
  readonly hasExtraRules: boolean;
};

const LATTICE_PROTOCOLS: Readonly<Record<string, string>> = { HTTP: "HTTP", HTTPS: "HTTPS", TLS: "TLS_PASSTHROUGH" };

/** The listeners a route should have, with what Lattice holds in each; null while the listeners were never read. */
export const heldListeners = oncePerRoute((observed: ObservedRoute): readonly HeldListener[] | null => {
  const { lattice, gateway } = observed;
  if (lattice === null || lattice.listeners === null) return null;
  const held = lattice.listeners.value;
  const names = observed.parents.map(({ sectionName }) => sectionName);
  const wanted = (gateway?.listeners ?? [])
    .filter(({ name, protocol }) => (names.includes(null) || names.includes(name)) && takes(observed.kind, protocol))
    .map(({ name, port, protocol }) => ({
      name,
      port,
      listener: held.find((one) => one.port === port && one.protocol === (LATTICE_PROTOCOLS[protocol] ?? protocol)) ?? null,
    }));
  const listeners = gateway === null ? held.map((listener) => ({ name: listener.id, port: listener.port, listener })) : wanted;
  const rules = wantedRules(observed);
  return listeners.map(({ name, port, listener }) => ({
    name,
    port,
    listener,
    comparisons: listener === null ? [] : compareRules(rules, listener),
    hasExtraRules: listener !== null && findExtraRules(rules, listener).length > 0,
  }));
});

/** Which routes a listener of a Gateway takes (lattice.md §1.3). */
function takes(kind: ObservedRoute["kind"], protocol: string): boolean {
  if (kind === "TLSRoute") return protocol === "TLS";
  return kind === "GRPCRoute" ? protocol === "HTTPS" : protocol === "HTTP" || protocol === "HTTPS";
}

/** Does Lattice hold the rules: match, order, group ids and weights? `unread` while nobody looked since this generation came. */
export function heldRules(observed: ObservedRoute): "held" | "differs" | "unread" {
  const listeners = heldListeners(observed);
  if (listeners === null) return "unread";
  const isHeld =
    listeners.length > 0 &&
    listeners.every(
      ({ listener, comparisons, hasExtraRules }) =>
        listener !== null && !hasExtraRules && comparisons.every(({ result }) => result === "same"),
    );
  if (isHeld) return "held";
  const at = observed.lattice?.listeners?.at ?? null;
  return at !== null && at < observed.generationSeenAt ? "unread" : "differs";
}

/** Associations of this route's service with the network of its first parent; all of them when it names none. */
export function associationsOf({ lattice, network }: Pick<ObservedRoute, "lattice" | "network">): readonly LatticeServiceAssociation[] {
  const all = lattice?.associations?.value ?? [];
  const own = all.filter(({ networkName, networkId }) => networkName === network || networkId === network);
  return own.length > 0 || network === null ? (network === null ? all : own) : [];
}

export function isFailedStatus(status: string | undefined): boolean {
  return status !== undefined && /_FAILED$/.test(status);
}

/** The provider cluster of an import and the export it pins there. `provider` null: nobody knows that cluster. */
export function exportOf(
  observed: ObservedRoute,
  {
    exportName,
    namespace,
    name,
    destination,
  }: Pick<ObservedImport, "exportName" | "namespace" | "name"> & { readonly destination: string | null },
): { readonly provider: ObservedProvider | null; readonly found: ObservedExport | null } {
  const provider = observed.providers.find(({ cluster }) => cluster === destination) ?? null;
  const wanted = exportName ?? name;
  return { provider, found: provider?.exports.find((one) => one.namespace === namespace && one.name === wanted) ?? null };
}

/** The destination id of the cluster an import is pinned to: CLUSTER_NAME of a tenant cluster is its EKS name, `team-<team>_<cluster>`. */
export function destinationOf(
  { managementCluster }: Pick<ObservedRoute, "managementCluster">,
  { clusterName }: Pick<ObservedImport, "clusterName">,
): string | null {
  const cut = clusterName?.indexOf("_") ?? -1;
  return clusterName === null || cut < 1 ? null : `${managementCluster}/${clusterName.slice(0, cut)}/${clusterName.slice(cut + 1)}`;
}

/** Does Lattice hold all of the route's current generation: an ACTIVE service, attached, with exactly its rules? */
export function isSpecHeld(observed: ObservedRoute): boolean {
  const isAttached = associationsOf(observed).some(({ status }) => status === "ACTIVE");
  return observed.lattice?.service?.value.status === "ACTIVE" && isAttached && heldRules(observed) === "held";
}

/** Each import with the export it pins in its provider cluster. */
export const exportLooks = oncePerRoute((observed: ObservedRoute) =>
  observed.imports.map((one) => ({ one, ...exportOf(observed, { ...one, destination: destinationOf(observed, one) }) })),
);
