import type { HealthCheckConfig, TargetGroupProtocol, TargetGroupProtocolVersion } from "@aws-sdk/client-vpc-lattice";
import type { ControllerWorld } from "../controller-world.ts";
import type { TargetGroupPolicy } from "../network-objects.ts";
import { readTargetGroupPolicy } from "../read-objects.ts";

/** The oldest TargetGroupPolicy of this target in its namespace, or null. */
export function findTargetGroupPolicy(
  world: ControllerWorld,
  target: { kind: "ServiceExport" | "Service"; namespace: string; name: string },
): TargetGroupPolicy | null {
  const age = (one: TargetGroupPolicy) => `${one.metadata.creationTimestamp ?? ""}/${one.metadata.name}`;
  const all = world.cache.targetGroupPolicy
    .list()
    .map(readTargetGroupPolicy)
    .filter((one) => one.metadata.namespace === target.namespace && one.metadata.deletionTimestamp === undefined)
    .filter((one) => one.spec.targetRef.kind === target.kind && one.spec.targetRef.name === target.name);
  return all.sort((a, b) => (age(a) < age(b) ? -1 : 1))[0] ?? null;
}

/** The policy's health check in Lattice's words, nothing filled in. */
export function healthCheckOf(policy: TargetGroupPolicy | null): HealthCheckConfig | null {
  const wanted = policy?.spec.healthCheck;
  if (!wanted) return null;
  return withoutUndefined({
    enabled: wanted.enabled,
    healthCheckIntervalSeconds: wanted.intervalSeconds,
    healthCheckTimeoutSeconds: wanted.timeoutSeconds,
    healthyThresholdCount: wanted.healthyThresholdCount,
    unhealthyThresholdCount: wanted.unhealthyThresholdCount,
    path: wanted.path,
    port: wanted.port,
    protocol: wanted.protocol === "HTTPS" || wanted.protocol === "HTTP" ? wanted.protocol : undefined,
    protocolVersion: wanted.protocolVersion === "HTTP1" || wanted.protocolVersion === "HTTP2" ? wanted.protocolVersion : undefined,
    matcher: wanted.statusMatch === undefined ? undefined : { httpCode: wanted.statusMatch },
  });
}

/** What a group without a policy is set back to (lattice.md §1.9). */
function defaultHealthCheck(version: TargetGroupProtocolVersion | null): HealthCheckConfig {
  if (version !== "HTTP1") return { enabled: false, protocol: "HTTP", protocolVersion: version === "HTTP2" ? "HTTP2" : "HTTP1" };
  return {
    enabled: true,
    protocol: "HTTP",
    protocolVersion: "HTTP1",
    path: "/",
    healthCheckIntervalSeconds: 30,
    healthCheckTimeoutSeconds: 5,
    healthyThresholdCount: 5,
    unhealthyThresholdCount: 2,
    matcher: { httpCode: "200" },
  };
}

/** The health check to send, or null when Lattice already has it. */
export function healthCheckChange(
  wanted: HealthCheckConfig | null,
  group: { protocol: TargetGroupProtocol; protocolVersion: TargetGroupProtocolVersion | null },
  current: HealthCheckConfig | undefined,
): HealthCheckConfig | null {
  if (group.protocol === "TCP" && wanted === null) return null;
  const target = wanted ?? defaultHealthCheck(group.protocolVersion);
  const have: Record<string, unknown> = { ...current };
  const differs = Object.entries(target).some(([key, value]) => JSON.stringify(value) !== JSON.stringify(have[key]));
  return differs ? target : null;
}

/** Drops the keys without a value; what is left is exactly the type without its optional holes. */
function withoutUndefined(value: { [K in keyof HealthCheckConfig]: HealthCheckConfig[K] | undefined }): HealthCheckConfig {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
}
