import type { HealthCheck, TargetGroupRecord } from "../store/records.ts";
import type { HealthCheckInput } from "./fields.ts";

/** A health check with everything filled in that was left out or given as 0. Off by default for TCP and gRPC (lattice.md §1.5, §1.6). */
export function fullHealthCheck(
  group: Pick<TargetGroupRecord, "protocol" | "protocolVersion">,
  input: HealthCheckInput | undefined,
): HealthCheck {
  if (group.protocol === "TCP" && input === undefined) return { enabled: false };
  const check = input ?? {};
  const version = group.protocolVersion ?? "HTTP1";
  return {
    enabled: check.enabled ?? version === "HTTP1",
    protocol: check.protocol ?? "HTTP",
    protocolVersion: check.protocolVersion ?? (version === "HTTP2" ? "HTTP2" : "HTTP1"),
    path: given(check.path) ?? "/",
    ...(given(check.port) === undefined ? {} : { port: check.port }),
    healthCheckIntervalSeconds: given(check.healthCheckIntervalSeconds) ?? 30,
    healthCheckTimeoutSeconds: given(check.healthCheckTimeoutSeconds) ?? 5,
    healthyThresholdCount: given(check.healthyThresholdCount) ?? 5,
    unhealthyThresholdCount: given(check.unhealthyThresholdCount) ?? 2,
    matcher: { httpCode: given(check.matcher?.httpCode) ?? "200" },
  };
}

function given<Value extends string | number>(value: Value | undefined): Value | undefined {
  return value === 0 || value === "" ? undefined : value;
}
