import type { Plan } from "../../domain/requests/plan.ts";
import type { Reservation } from "../../domain/requests/reservation.ts";
import { latticeNameKey } from "../../domain/routes/service-name.ts";
import { RouteProofParams } from "./route-proofs.ts";

/**
 * What a plan of a route holds besides its name: the Lattice service's name in its account and Region, and every export it feeds from. Read from
 * the plan, because nothing else is approved.
 */
export function keysInPlan({ steps }: Plan): readonly Reservation[] {
  const found = new Set<string>();
  for (const step of steps) {
    if (step.op === "apply" && step.object.kind === "ServiceExport")
      found.add(`export/${step.destination}/${step.object.metadata.namespace ?? ""}/${step.object.metadata.name}`);
    const params =
      step.op === "await" && step.proof.type === "observed" ? RouteProofParams.route.safeParse(step.proof.params).data : undefined;
    if (params !== undefined) {
      const [awsAccountId = ""] = params.service.managedBy.split("/");
      found.add(latticeNameKey({ awsAccountId, region: params.region, name: params.service.serviceName }));
    }
  }
  return [...found].map((key) => ({ type: "key", key }));
}
