import type { FieldProblem } from "../portal-error.ts";
import { logDestinationOf } from "./log-destination.ts";
import { problem, type RouteCheck } from "./route-check.ts";

/** Where access logs go: one of the three that Lattice writes to, in the service's Region (lattice.md §1.11). */
export function checkAccessLogs({ spec, facts }: RouteCheck): FieldProblem[] {
  if (spec.accessLogs === undefined) return [];
  const path = "accessLogs.destinationArn";
  const { destinationArn } = spec.accessLogs;
  if (spec.protocol === "tls") return [problem("accessLogs", "tlsAccessLogs")];
  const destination = logDestinationOf(destinationArn);
  if (destination === null) return [problem(path, "logDestination", { arn: destinationArn })];
  return destination.region === null || destination.region === facts.region
    ? []
    : [problem(path, "logRegion", { region: destination.region, needs: facts.region })];
}
