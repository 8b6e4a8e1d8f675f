import type { Glyph } from "../clusters/cluster-view.ts";
import type { Finding } from "../clusters/finding.ts";
import { type Message, message } from "../message.ts";
import type { ServiceNetworkConfig } from "../tenancy/networking.ts";
import { conditionEvidence, evidenceOf, routeFindingOf } from "./findings/route-finding-of.ts";
import type { LatticeHealth, LatticeNetwork, LatticeVpcAssociation, Seen } from "./lattice-facts.ts";
import type { ObservedGateway } from "./observed-route.ts";
import { LATTICE_OLD_MS } from "./route-limits.ts";

/** A service network as the bootstrap file, its Gateway and Lattice say it. */
export type ObservedNetwork = {
  readonly config: ServiceNetworkConfig;
  readonly gateway: ObservedGateway | null;
  /** `found` null with `at`: the list was whole and it is not in it. */
  readonly lattice: { readonly found: LatticeNetwork | null; readonly at: Date } | null;
  readonly vpcs: Seen<readonly LatticeVpcAssociation[]> | null;
  readonly health: LatticeHealth | null;
};

export type NetworkStatus = {
  readonly glyph: Glyph;
  readonly sentence: Message;
  readonly evidenceAt: Date | null;
  readonly findings: readonly Finding[];
};

/** Is the network there, does its Gateway stand for it, and are its consumers' VPCs attached? Pure; green only on fresh evidence. */
export function networkStatus(observed: ObservedNetwork, now: Date): NetworkStatus {
  const { config, gateway, lattice } = observed;
  const evidenceAt = lattice?.at ?? null;
  const findings = networkFindings(observed);
  const say = (glyph: Glyph, key: string): NetworkStatus => ({
    glyph,
    sentence: message(`routeViews.network.${key}`, { network: config.name }),
    evidenceAt,
    findings,
  });
  if (lattice === null || now.getTime() - lattice.at.getTime() >= LATTICE_OLD_MS)
    return say("unknown", lattice === null ? "unread" : "old");
  if (lattice.found === null) return say("failed", "absent");
  if (gateway === null) return say("failed", "noGateway");
  const programmed = gateway.conditions.find(({ type }) => type === "Programmed");
  if (programmed?.status !== "True") return say(programmed?.status === "False" ? "failed" : "unknown", "notProgrammed");
  return findings.some(({ severity }) => severity !== "info") ? say("attention", "partly") : say("ok", "ok");
}

function networkFindings({ config, gateway, lattice, vpcs }: ObservedNetwork): readonly Finding[] {
  if (gateway === null) return [];
  const programmed = gateway.conditions.find(({ type, status }) => type === "Programmed" && status === "False");
  const listeners = config.listeners.filter(({ name }) => !gateway.listeners.some((listener) => listener.name === name));
  const attached = new Set((vpcs?.value ?? []).filter(({ status }) => status === "ACTIVE").map(({ vpcId }) => vpcId));
  const unattached =
    vpcs === null ? [] : config.consumers.flatMap(({ vpcId }) => (vpcId !== undefined && !attached.has(vpcId) ? [vpcId] : []));
  return [
    ...(programmed === undefined
      ? []
      : [
          routeFindingOf({
            code: "TRL-RTE-012",
            rule: programmed.reason === "Invalid" ? "networkNamedTwice" : "networkNotFound",
            severity: "error",
            actor: "platform",
            values: { network: config.name },
            evidence: [conditionEvidence(gateway.ref, programmed)],
          }),
        ]),
    ...listeners.map(({ name }) =>
      routeFindingOf({
        code: "TRL-RTE-050",
        rule: "listenerMissing",
        severity: "warning",
        actor: "platform",
        values: { listener: name, network: config.name },
        evidence: [
          evidenceOf(gateway.ref, "spec.listeners", gateway.listeners.map((listener) => listener.name).join(", "), gateway.observedAt),
        ],
      }),
    ),
    ...unattached.map((vpc) =>
      routeFindingOf({
        code: "TRL-RTE-051",
        rule: "networkVpcMissing",
        severity: "warning",
        actor: "platform",
        values: { vpc, network: config.name },
        evidence: [
          evidenceOf(
            gateway.ref,
            `VPC Lattice: VPC associations of ${lattice?.found?.id ?? config.name}`,
            [...attached].join(", ") || "[]",
            vpcs?.at ?? null,
          ),
        ],
      }),
    ),
  ];
}
