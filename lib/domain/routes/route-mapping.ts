import type { z } from "zod";
import type { Glyph } from "../clusters/cluster-view.ts";
import { message } from "../message.ts";
import { groupGlyph, groupState } from "./group-state.ts";
import type { ObservedRoute } from "./observed-route.ts";
import { associationsOf, destinationOf, exportOf, groupOf, isFailedStatus } from "./route-facts.ts";
import { routePath } from "./route-path-view.ts";
import { routeProofs } from "./route-proofs.ts";
import type { MappingRow } from "./route-view.ts";

type Row = z.infer<typeof MappingRow>;

const PROOF_GLYPHS: Readonly<Record<ReturnType<typeof routeProofs>[number]["state"], Glyph>> = {
  proven: "ok",
  waiting: "progressing",
  failed: "failed",
  unknown: "unknown",
  none: "closed",
};

/** Kubernetes and Lattice side by side on live data: which object of one world is which thing of the other, and who owns it. */
export function routeMapping(observed: ObservedRoute, now: Date): readonly Row[] {
  return [
    ...platformRows(observed),
    ...routeRows(observed, now),
    ...observed.imports.flatMap((one) => exportRows(observed, one)),
    ...policyRows(observed, now),
  ];
}

function platformRows({ gateway, lattice, managementCluster, network }: ObservedRoute): readonly Row[] {
  const programmed = gateway?.conditions.find(({ type }) => type === "Programmed");
  const id =
    gateway?.networkArn?.split("/").at(-1) ??
    lattice?.associations?.value.find(({ networkName }) => networkName === network)?.networkId ??
    null;
  return [
    {
      kubernetes: { kind: "GatewayClass", name: gateway?.className ?? "amazon-vpc-lattice", where: managementCluster },
      lattice: null,
      owner: "platform",
      glyph: "closed",
      note: message("routeViews.mapping.gatewayClass"),
    },
    {
      kubernetes: gateway === null ? null : { kind: "Gateway", name: gateway.name, where: `${managementCluster} · ${gateway.namespace}` },
      lattice: network === null ? null : { kind: "Service network", name: network, id },
      owner: "platform",
      glyph: programmed?.status === "True" ? "ok" : programmed?.status === "False" ? "failed" : "unknown",
      note: message("routeViews.mapping.gateway"),
    },
  ];
}

function routeRows(observed: ObservedRoute, now: Date): readonly Row[] {
  const proofs = new Map(routeProofs(observed, now).map((proof) => [proof.id, PROOF_GLYPHS[proof.state]]));
  const where = `${observed.managementCluster} · ${observed.namespace}`;
  const service = observed.lattice?.service?.value ?? null;
  const association = associationsOf(observed)[0];
  const listener = observed.lattice?.listeners?.value[0];
  return [
    {
      kubernetes: { kind: observed.kind, name: observed.name, where },
      lattice: service === null ? null : { kind: "Service", name: service.name, id: service.id },
      owner: "team",
      glyph: proofs.get("service") ?? "unknown",
      note: message("routeViews.mapping.route"),
    },
    {
      kubernetes: { kind: "parentRefs", name: observed.network ?? "–", where },
      lattice: association === undefined ? null : { kind: "Service association", name: association.networkName, id: association.id },
      owner: "team",
      glyph: association !== undefined && isFailedStatus(association.status) ? "failed" : (proofs.get("association") ?? "unknown"),
      note: message("routeViews.mapping.association"),
    },
    {
      kubernetes: { kind: "rules", name: String(observed.rules.length), where },
      lattice:
        listener === undefined ? null : { kind: "Listener", name: `${listener.protocol} ${listener.port ?? ""}`.trim(), id: listener.id },
      owner: "team",
      glyph: proofs.get("rules") ?? "unknown",
      note: message("routeViews.mapping.rules"),
    },
  ];
}

function exportRows(observed: ObservedRoute, one: ObservedRoute["imports"][number]): readonly Row[] {
  const destination = destinationOf(observed, one);
  const { found } = exportOf(observed, { ...one, destination });
  const backend = { kind: "ServiceImport", namespace: one.namespace, name: one.name, weight: 1 };
  const group = groupOf(observed, backend);
  const state = groupState(group);
  const name = one.exportName ?? one.name;
  const targets = routePath(observed)
    .flatMap(({ backends }) => backends)
    .find(({ importName, namespace }) => importName === one.name && namespace === one.namespace)?.targets;
  return [
    {
      kubernetes: { kind: "Service · ServiceExport", name, where: `${destination ?? one.clusterName ?? "–"} · ${one.namespace}` },
      lattice: group === null ? null : { kind: "Target group", name: group.group.value.name, id: group.group.value.id },
      owner: "team",
      glyph: found === null && group === null ? "unknown" : groupGlyph(state),
      note: message("routeViews.mapping.export"),
    },
    {
      kubernetes: { kind: "ServiceImport", name: one.name, where: `${observed.managementCluster} · ${one.namespace}` },
      lattice: null,
      owner: "platform",
      glyph: "closed",
      note: message("routeViews.mapping.import"),
    },
    ...(targets ?? []).slice(0, 20).map(
      (target): Row => ({
        kubernetes: found?.podAddresses.includes(target.id) === true ? { kind: "Pod", name: target.id, where: destination ?? "–" } : null,
        lattice: { kind: "Target", name: `${target.id}:${target.port ?? ""}`, id: null },
        owner: "team",
        glyph: target.glyph,
        note: null,
      }),
    ),
  ];
}

function policyRows(observed: ObservedRoute, now: Date): readonly Row[] {
  const { policy, accessLog, lattice } = observed;
  const where = `${observed.managementCluster} · ${observed.namespace}`;
  const proof = routeProofs(observed, now).find(({ id }) => id === "policy");
  return [
    ...(policy === null
      ? []
      : [
          {
            kubernetes: { kind: policy.ref.kind, name: policy.ref.name, where },
            lattice:
              lattice?.policy?.value == null ? null : { kind: "Auth policy", name: lattice.policy.value.state, id: policy.resourceId },
            owner: "team",
            glyph: PROOF_GLYPHS[proof?.state ?? "unknown"],
            note: message("routeViews.mapping.policy"),
          } satisfies Row,
        ]),
    ...(accessLog === null
      ? []
      : [
          {
            kubernetes: { kind: accessLog.ref.kind, name: accessLog.ref.name, where },
            lattice: logOf(observed, accessLog.destinationArn),
            owner: "team",
            glyph: logOf(observed, accessLog.destinationArn) === null ? "attention" : "ok",
            note: message("routeViews.mapping.logs"),
          } satisfies Row,
        ]),
  ];
}

function logOf({ lattice }: ObservedRoute, destinationArn: string): Row["lattice"] {
  const found = lattice?.accessLogs?.value.find((one) => one.destinationArn === destinationArn);
  return found === undefined ? null : { kind: "Access log subscription", name: found.destinationArn, id: found.arn };
}
