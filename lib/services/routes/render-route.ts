import type { ObjectRef, Plan } from "../../domain/requests/plan.ts";
import { backendsOf, exportNameOf } from "../../domain/routes/export-names.ts";
import type { RouteBackend } from "../../domain/routes/route-input.ts";
import { serviceExportRef } from "../../manifests/routes/object-refs.ts";
import { providerOf } from "../../manifests/routes/route-to-build.ts";
import { textAt } from "../../manifests/safe-read.ts";
import { refOf } from "../../manifests/tenancy/tenancy-refs.ts";
import type { NetworkInUse } from "./read-networking.ts";
import type { RoutePlanFacts } from "./route-plan-facts.ts";
import { type ExportPin, type ParamsOf, routeProof, type ServicePin } from "./route-proofs.ts";
import { createStepList, type DoomedObject, type WantedObject } from "./step-list.ts";

/** What a change takes away, in the order in which it may go: nothing may point at what goes. */
export type RouteLeftovers = {
  readonly policies: readonly DoomedObject[];
  readonly imports: readonly DoomedObject[];
  readonly exports: readonly DoomedObject[];
};

const LISTENER_PROTOCOLS = { HTTP: "HTTP", HTTPS: "HTTPS", TLS: "TLS_PASSTHROUGH" } as const;

/**
 * The plan of a new or changed route in the order of lattice.md §9.5: exports and health policies in each provider cluster, each target group
 * proven; then namespaces, grants and imports, the auth policy, the route; association, rules and policy proven; access logs; then what the
 * route no longer contains, from the side nobody calls any more. Pure.
 */
export function renderRoute(kind: string, facts: RoutePlanFacts, leftovers: RouteLeftovers): Plan {
  const { target, destinations } = facts;
  const here = target.managementCluster;
  const list = createStepList();
  list.apply(facts.providers);
  const moved = facts.providers.some(isChanged);
  if (moved) for (const backend of backendsOf(facts.route.spec.rules)) list.prove(...groupProof(facts, backend));
  list.apply(facts.imports);
  list.apply(facts.policies);
  list.apply([facts.main]);
  if (isChanged(facts.main) || facts.imports.some(isChanged))
    list.prove(here, refOf(facts.main.object), routeProof("route", routeParams(facts)));
  const [policy] = facts.policies;
  if (policy !== undefined && (isChanged(policy) || facts.main.base === "absent"))
    list.prove(here, refOf(policy.object), policyProof(facts, policy));
  if (facts.accessLog !== null && isChanged(facts.accessLog)) {
    list.apply([facts.accessLog]);
    list.prove(here, refOf(facts.accessLog.object), accessLogProof(facts, facts.accessLog));
  }
  list.remove(leftovers.policies);
  if (policy === undefined && leftovers.policies.some(({ ref }) => ref.kind === "IAMAuthPolicy"))
    list.prove(here, refOf(facts.main.object), policyProof(facts, null));
  list.remove(leftovers.imports);
  list.remove(leftovers.exports);
  return { v: 1, kind, target, destinations: [...destinations], steps: list.steps(), blueprintVersion: null };
}

function isChanged({ same }: WantedObject): boolean {
  return !same;
}

/** Who the controller at work on the management cluster is, in the tags of everything it makes (lattice.md §1.7). */
export function managedBy({ account, lattice }: NetworkInUse): string {
  return `${account.awsAccountId}/${lattice.controller.clusterName}/${lattice.controller.vpcId}`;
}

export function servicePinOf({ target, route, inUse }: Pick<RoutePlanFacts, "target" | "route" | "inUse">): ServicePin {
  return { namespace: target.namespace, name: target.name, serviceName: route.serviceName, managedBy: managedBy(inUse) };
}

function pinOf({ route }: RoutePlanFacts, backend: RouteBackend): ExportPin {
  const { eksName, vpcId } = providerOf(route, backend);
  return { clusterName: eksName, vpcId, namespace: backend.namespace, exportName: exportNameOf(backend) };
}

function groupProof(facts: RoutePlanFacts, backend: RouteBackend): [string, ObjectRef, ReturnType<typeof routeProof>] {
  const ref = serviceExportRef({ namespace: backend.namespace, name: exportNameOf(backend) });
  const proof = routeProof("target-group", { account: facts.inUse.account.id, export: pinOf(facts, backend) });
  return [providerOf(facts.route, backend).destination, ref, proof];
}

function routeParams(facts: RoutePlanFacts): ParamsOf<"route"> {
  const { spec } = facts.route;
  const listener = facts.inUse.network.listeners.find(({ name }) => name === spec.listener);
  return {
    account: facts.inUse.account.id,
    region: facts.inUse.account.region,
    service: servicePinOf(facts),
    network: spec.network,
    listener: { port: listener?.port ?? 443, protocol: LISTENER_PROTOCOLS[listener?.protocol ?? "HTTPS"] },
    rules: spec.rules.map(({ match, backends }) => ({
      match,
      backends: backends.map((backend) => ({ export: pinOf(facts, backend), weight: backend.weight })),
    })),
  };
}

function policyProof(facts: RoutePlanFacts, policy: WantedObject | null) {
  const text = policy === null ? null : textAt(policy.object, "spec", "policy");
  return routeProof("policy", { account: facts.inUse.account.id, service: servicePinOf(facts), policy: text });
}

function accessLogProof(facts: RoutePlanFacts, { object }: WantedObject) {
  const destinationArn = textAt(object, "spec", "destinationArn") ?? "";
  return routeProof("access-logs", { account: facts.inUse.account.id, service: servicePinOf(facts), destinationArn });
}
