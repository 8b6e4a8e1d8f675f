import { type Message, message } from "../../domain/message.ts";
import { backendsOf } from "../../domain/routes/export-names.ts";
import type { RouteSpec } from "../../domain/routes/route-input.ts";
import type { PlanNotes } from "../requests/request-kind.ts";
import type { RoutePlanFacts } from "./route-plan-facts.ts";

/** What stands beside the plan of a new or changed route, in words. */
export function routeNotes(
  title: "create" | "change",
  facts: RoutePlanFacts,
  more: Partial<Pick<PlanNotes, "summary" | "warnings">> = {},
): PlanNotes {
  const { spec, serviceName } = facts.route;
  const names = backendsOf(spec.rules).map(({ namespace, kubeService }) => `${namespace}/${kubeService}`);
  return {
    title: message(`routeRequests.title.${title}`, { name: facts.target.name }),
    summary: [
      ...(more.summary ?? []),
      message("routeRequests.summary.publishes", {
        service: names[0] ?? "–",
        name: spec.hostname ?? serviceName,
        network: spec.network,
      }),
      message("routeRequests.summary.exports", { count: names.length, names: names.join(", ") }),
      message("routeRequests.summary.rules", { count: spec.rules.length }),
      accessWords(spec),
    ],
    warnings: [...(more.warnings ?? []), ...facts.warnings],
    cost: null,
    quota: null,
    advice: null,
    preflight: facts.preflight,
  };
}

function accessWords({ access }: RouteSpec): Message {
  if (access.type === "callers") return message("routeRequests.summary.callers", { count: access.callers.length });
  return message(access.type === "network" ? "routeRequests.summary.network" : "routeRequests.summary.policyByHand");
}
