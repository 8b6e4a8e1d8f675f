import { annotations, certificateOption, parseTags, rulePriorityAnnotation } from "../controller-keys.ts";
import { annotation, type ControllerWorld } from "../controller-world.ts";
import type { GatewayListener, Route } from "../network-objects.ts";
import type { RouteKind } from "../network-resources.ts";
import { step } from "../reconcile-errors.ts";
import { backendModel } from "./backends.ts";
import { findCertificateArn } from "./find-certificate.ts";
import { type ListenerModel, latticeServiceName, type RouteModel, type RuleModel, routeTypes } from "./route-model.ts";
import type { RouteParent } from "./route-parents.ts";
import { ruleMatch } from "./rule-match.ts";

/** What Lattice should hold for a route. Throws for what Lattice cannot do; null when every listener refused the route. */
export async function buildRouteModel(
  world: ControllerWorld,
  kind: RouteKind,
  route: Route,
  parents: readonly RouteParent[],
): Promise<RouteModel | null> {
  const accepted = parents.filter((one) => one.refusal === null);
  const leaving = route.metadata.deletionTimestamp !== undefined;
  if (accepted.length === 0 && !leaving) return null;
  // Only the first Gateway's listeners count; the others add associations (lattice.md §1.3).
  const first = accepted[0]?.gateway.metadata;
  const listeners = uniqueListeners(
    accepted
      .filter((one) => one.gateway.metadata.name === first?.name && one.gateway.metadata.namespace === first.namespace)
      .flatMap((one) => one.listeners),
  );
  return {
    route: { namespace: route.metadata.namespace ?? "", name: route.metadata.name, type: routeTypes[kind] },
    serviceName: latticeServiceName(route),
    customDomainName: route.spec.hostnames?.[0] ?? null,
    certificateArn: leaving ? null : await certificateFor(world, route, listeners),
    networks: isStandalone(route, parents) ? [] : [...new Set(parents.map((one) => one.gateway.metadata.name))],
    takeoverFrom: annotation(route, annotations.takeoverFrom) ?? null,
    extraTags: parseTags(annotation(route, annotations.tags)),
    listeners: listeners.map(listenerModel),
    rules: await step("failed to build rules due to", () => Promise.resolve().then(() => ruleModels(world, kind, route, leaving))),
  };
}

function ruleModels(world: ControllerWorld, kind: RouteKind, route: Route, leaving: boolean): RuleModel[] {
  let number = 0;
  return (route.spec.rules ?? []).map((rule, index) => {
    // Numbered in spec order; after an annotated number the next rule goes on from there (lattice.md §1.4).
    const annotated = Number(annotation(route, rulePriorityAnnotation(index)));
    number = Number.isInteger(annotated) && annotated > 0 ? annotated : number + 1;
    return {
      match: kind === "tlsRoute" || leaving ? null : ruleMatch(rule),
      priority: number,
      backends: (rule.backendRefs ?? []).map((ref) => backendModel(world, { kind, route }, ref)),
    };
  });
}

/** The route's word beats its Gateway's. */
function isStandalone(route: Route, parents: readonly RouteParent[]): boolean {
  const own = annotation(route, annotations.standalone);
  if (own !== undefined) return own === "true";
  return parents.some((one) => annotation(one.gateway, annotations.standalone) === "true");
}

function listenerModel(listener: GatewayListener): ListenerModel {
  const protocols = { HTTP: "HTTP", HTTPS: "HTTPS", TLS: "TLS_PASSTHROUGH" } as const;
  const { protocol } = listener;
  return { port: listener.port, protocol: protocol === "HTTPS" || protocol === "TLS" ? protocols[protocol] : protocols.HTTP };
}

function uniqueListeners(listeners: readonly GatewayListener[]): GatewayListener[] {
  return [...new Map(listeners.map((one) => [`${one.port}/${one.protocol}`, one])).values()];
}

/** The certificate for the route's host name: the listener's ARN, else the newest that fits in ACM. */
async function certificateFor(world: ControllerWorld, route: Route, listeners: readonly GatewayListener[]): Promise<string | null> {
  const hostname = route.spec.hostnames?.[0];
  for (const { tls } of listeners.filter((one) => one.protocol === "HTTPS")) {
    if (!tls || (tls.mode ?? "Terminate") !== "Terminate") continue;
    const named = tls.options?.[certificateOption];
    if (named !== undefined) return named;
    if (hostname !== undefined) return findCertificateArn(world, hostname);
  }
  return null;
}
