import type { TargetSummary } from "@aws-sdk/client-vpc-lattice";
import { type Call, delayOf } from "../operations/call.ts";
import type { TargetGroupRecord, TargetRecord } from "../store/records.ts";

/** A target's status from the clock and from what its health checks are said to see (lattice.md §3.4). */
export function targetSummary(call: Call, group: TargetGroupRecord, target: TargetRecord): TargetSummary {
  const { id } = target;
  const port = target.port ?? undefined;
  if (target.goneAt !== null) return { id, port, status: "DRAINING", reasonCode: "DeregistrationInProgress" };
  if (group.usedBy === null) return { id, port, status: "UNUSED", reasonCode: "TargetGroupNotInUse" };
  if (group.healthCheck?.enabled !== true) return { id, port, status: "UNAVAILABLE", reasonCode: "HealthCheckNotSupported" };
  const checkedSince = Math.max(group.usedBy.since, target.registeredAt);
  if (call.now < checkedSince + delayOf(call, "targetInitial")) return { id, port, status: "INITIAL", reasonCode: "InitialHealthChecking" };
  const told = call.healths.find(group, { ip: id, port: target.port ?? 0 });
  if (!told || told.status === "HEALTHY") return { id, port, status: "HEALTHY" };
  return { id, port, status: told.status, reasonCode: told.reasonCode ?? reasonCodes[told.status] };
}

const reasonCodes = { UNHEALTHY: "HealthCheckFailed", INITIAL: "InitialHealthChecking", UNAVAILABLE: "HealthCheckNotSupported" } as const;
