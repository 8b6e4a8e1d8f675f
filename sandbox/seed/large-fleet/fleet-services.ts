import type { ServiceOfAccount } from "../ensure-services.ts";
import { type FleetForeign, type FleetPlan, fleetRegion, homeAccount, sharingAccount } from "./plan-fleet.ts";

type Group = ServiceOfAccount["service"]["groups"][number];

/** The fleet's services that Kubernetes does not own, as their owners would have made them. */
export function fleetServices({ foreign }: FleetPlan): ServiceOfAccount[] {
  return foreign.map((one, at): ServiceOfAccount => {
    const account = one.kind === "shared" ? sharingAccount : homeAccount.number;
    const listener = one.kind === "ALB" ? { protocol: "HTTP" as const, port: 80 } : { protocol: "HTTPS" as const, port: 443 };
    return {
      account,
      ...(account === homeAccount.number ? {} : { sharedWith: homeAccount.number }),
      networks: [one.network],
      service: { name: one.name, listener, groups: [groupOf(one, account, at)] },
    };
  });
}

/** Targets of a group that answer nobody: one of them, all of them, or none. */
export function sickTargets(one: FleetForeign, at: number): { ip: string }[] {
  if (one.kind !== "INSTANCE" && one.kind !== "IP") return [];
  const targets = targetsOf(one, at);
  const count = one.health === "ok" ? 0 : one.health === "degraded" ? 1 : targets.length;
  return targets.slice(0, count).map(({ id }) => ({ ip: id }));
}

function groupOf(one: FleetForeign, account: string, at: number): Group {
  const { name, kind, vpc } = one;
  const of = (service: string, resource: string) => [{ id: `arn:aws:${service}:${fleetRegion}:${account}:${resource}` }];
  switch (kind) {
    case "LAMBDA":
    case "shared":
      return { name, type: "LAMBDA", targets: of("lambda", `function:${name}:live`) };
    case "ALB":
      return { name, type: "ALB", vpcId: vpc.id, targets: of("elasticloadbalancing", `loadbalancer/app/${name}/${hexOf(at, 16)}`) };
    case "INSTANCE":
    case "IP":
      return { name, type: kind, vpcId: vpc.id, port: 8443, protocol: "HTTPS", targets: targetsOf(one, at) };
  }
}

/** Two machines each, beyond the addresses of the fleet's pods. */
function targetsOf({ kind, vpc }: FleetForeign, at: number): { id: string }[] {
  const [first = "10", second = "64"] = vpc.cidr.split(".");
  return [0, 1].map((n) => ({
    id: kind === "INSTANCE" ? `i-0f1ee8${hexOf(at * 2 + n, 11)}` : `${first}.${second}.252.${at * 2 + n + 10}`,
  }));
}

const hexOf = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
