import type { PlanStep } from "../../domain/requests/plan.ts";

/** Which input field an object's refused field came from, so that a webhook's words stand beside it; null: they are shown for the object. */
export function inputPathOfRoute(step: PlanStep, objectPath: string): string | null {
  if (step.op !== "apply") return null;
  const { kind } = step.object;
  const rule = /^spec\.rules\[(\d+)\](?:\.backendRefs\[(\d+)\])?/.exec(objectPath);
  if (rule?.[1] !== undefined) return rule[2] === undefined ? `rules.${rule[1]}` : `rules.${rule[1]}.backends.${rule[2]}`;
  if (objectPath.startsWith("spec.hostnames")) return "hostname";
  if (objectPath.startsWith("spec.parentRefs")) return "listener";
  if (objectPath.startsWith("spec.healthCheck")) return `healthCheck`;
  if (kind === "IAMAuthPolicy") return "access";
  if (kind === "AccessLogPolicy") return "accessLogs";
  return objectPath === "metadata.name" && kind.endsWith("Route") ? "name" : null;
}
