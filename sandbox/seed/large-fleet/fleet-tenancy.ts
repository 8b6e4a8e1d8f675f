import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { KubeClient } from "../../kube/kube-client.ts";
import { apiVersionOf, type KubeObject, type Resource, refOf, resources } from "../../kube/kube-object.ts";
import type { SandboxFolder } from "../../state/sandbox-folder.ts";
import { type FleetPlan, servingNamespaces } from "./plan-fleet.ts";

const teams = ["payments", "shop"];
const clusterCount = "count/clusters.cluster.x-k8s.io";
const Bootstrap = z.looseObject({
  teams: z.array(z.looseObject({ id: z.string(), quota: z.looseObject({ clusters: z.int() }) })),
});
/** `player` applies as a field manager of its own, so that what it added goes when it applies nothing. */
type Hands = { readonly player: KubeClient; readonly portal: KubeClient };

/** What the portal makes of the larger bootstrap file at its next start: Gateways, labels that let routes in, quotas; namespaces of imports. */
export async function openTenancy({ player, portal }: Hands, folder: SandboxFolder, plan: FleetPlan): Promise<void> {
  const { networks } = plan;
  const [first = "", ...others] = networks;
  const pattern = await player.get(resources.gateway, { namespace: "lattice", name: first });
  for (const name of others) {
    const spec: unknown = JSON.parse(JSON.stringify(pattern.spec).replaceAll(`network-${first}`, `network-${name}`));
    const metadata = { name, namespace: "lattice", labels: { "app.kubernetes.io/managed-by": "trellis" } };
    await portal.apply(resources.gateway, { ...bare(resources.gateway, metadata), spec });
  }
  const imports = { "app.kubernetes.io/managed-by": "trellis", "trellis.internal/imports": "true" };
  for (const name of servingNamespaces(plan)) await portal.apply(resources.namespace, bare(resources.namespace, { name, labels: imports }));
  const labels = Object.fromEntries(networks.map((name) => [`trellis.internal/network-${name}`, "true"]));
  const quotas = Bootstrap.parse(parse(readFileSync(folder.bootstrap, "utf8"))).teams;
  for (const team of teams) {
    await player.apply(resources.namespace, bare(resources.namespace, { name: `team-${team}`, labels }));
    const clusters = quotas.find(({ id }) => id === team)?.quota.clusters ?? 0;
    for (const quota of await quotasOf(player, team))
      await player.apply(resources.resourceQuota, { ...quota, spec: { hard: { [clusterCount]: String(clusters) } } });
  }
}

/** Takes it back; what the portal itself has applied meanwhile it takes back at its next start. */
export async function closeTenancy({ player }: Hands, plan: FleetPlan): Promise<void> {
  for (const name of plan.networks.slice(1)) await player.delete(resources.gateway, { namespace: "lattice", name });
  for (const name of servingNamespaces(plan)) {
    await player.delete(resources.namespace, { name });
    await player.finalize({ name });
  }
  for (const team of teams) {
    await player.apply(resources.namespace, bare(resources.namespace, { name: `team-${team}` }));
    for (const quota of await quotasOf(player, team)) await player.apply(resources.resourceQuota, quota);
  }
}

async function quotasOf(player: KubeClient, team: string): Promise<KubeObject[]> {
  const { items } = await player.list(resources.resourceQuota, {}, `team-${team}`);
  return items.map((item) => bare(resources.resourceQuota, refOf(item)));
}

function bare(resource: Resource, metadata: KubeObject["metadata"]): KubeObject {
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata };
}
