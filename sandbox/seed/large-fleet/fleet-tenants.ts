import { setTimeout as sleep } from "node:timers/promises";
import { clusterFiles } from "../../cluster/custom-resource-definitions.ts";
import { type KubeClient, kubeClient } from "../../kube/kube-client.ts";
import { apiVersionOf, type KubeObject, resources } from "../../kube/kube-object.ts";
import { heldSlot } from "../../players/eks/held.ts";
import { readTenants } from "../../players/eks/tenant-slots.ts";
import { installTenantDefinitions } from "../../players/workloads/install-tenant-definitions.ts";
import type { SandboxFolder } from "../../state/sandbox-folder.ts";
import { inTurns } from "./in-turns.ts";
import { type FleetPlan, servingNamespaces } from "./plan-fleet.ts";
import { providerObjects } from "./provider-objects.ts";

const startsMs = 120_000;
const kinds = [resources.service, resources.endpointSlice, resources.serviceExport];
type Connection = { readonly port: number; readonly ca: string; readonly token: string };

/** The one API server behind all clusters of the fleet. It starts with the first of them and is empty again once the last is gone. */
export function fleetTenants(folder: SandboxFolder, { port, ca, token }: Connection) {
  const server = { server: `https://127.0.0.1:${port}`, ca, token, manager: "sandbox-fleet" };

  /** Its server is nobody else's: a cluster made by hand would play the fleet's exports too. */
  function requireOwn({ clusters }: FleetPlan): void {
    const own = clusters.map(({ team, name }) => `team-${team}/${name}`);
    const other = readTenants(folder).find((one) => one.slot === heldSlot && !own.includes(one.cluster));
    if (other) throw new Error(`the last workload API server belongs to ${other.cluster}; delete that cluster first`);
  }

  async function fill(plan: FleetPlan): Promise<void> {
    const client = kubeClient(server);
    try {
      await untilItAnswers(client);
      await installTenantDefinitions(client, (await clusterFiles()).definitions);
      await inTurns(servingNamespaces(plan), async (name) => {
        await client.apply(resources.namespace, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
      });
      const objects = plan.routes.flatMap((route) => providerObjects(plan, route));
      for (const kind of kinds)
        await inTurns(objects.filter(isOf(kind)), async (object) => {
          await client.apply(kind, object);
        });
    } finally {
      await client.close();
    }
  }

  return { port, requireOwn, fill };
}

async function untilItAnswers(client: KubeClient): Promise<void> {
  const until = Date.now() + startsMs;
  for (;;) {
    const found = await client.find(resources.namespace, { name: "default" }).catch(() => null);
    if (found) return;
    if (Date.now() > until) throw new Error("the workload API server of the fleet did not start in time");
    await sleep(500);
  }
}

function isOf(kind: (typeof kinds)[number]): (object: KubeObject) => boolean {
  return (object) => object.kind === kind.kind && object.apiVersion === apiVersionOf(kind);
}
