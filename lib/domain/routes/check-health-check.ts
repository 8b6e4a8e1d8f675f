import type { FieldProblem } from "../portal-error.ts";
import { isPath } from "./check-match.ts";
import { problem, type RouteCheck } from "./route-check.ts";

const RANGE = /^([0-9]{3})(?:-([0-9]{3}))?$/;

/** The probe of the target groups (lattice.md §1.9). Lattice takes a time-out that is not shorter than the interval and then never sees a failure. */
export function checkHealthCheck({ spec: { healthCheck } }: RouteCheck): FieldProblem[] {
  const { path, intervalSeconds, timeoutSeconds, statusMatch } = healthCheck;
  return [
    ...(isPath(path) ? [] : [problem("healthCheck.path", "pathShape", { path })]),
    ...(timeoutSeconds < intervalSeconds
      ? []
      : [problem("healthCheck.timeoutSeconds", "timeoutTooLong", { timeout: timeoutSeconds, interval: intervalSeconds })]),
    ...statusMatch.split(",").flatMap((part) => (isStatusRange(part) ? [] : [problem("healthCheck.statusMatch", "statusMatch", { part })])),
  ];
}

function isStatusRange(part: string): boolean {
  const [, first = "", last = first] = RANGE.exec(part) ?? [];
  return Number(first) >= 200 && Number(last) <= 599 && Number(first) <= Number(last);
}
