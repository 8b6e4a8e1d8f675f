import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import type { KubeClient } from "../kube/kube-client.ts";
import { apiVersionOf, KubeObject, keyOf, type Resource, resources } from "../kube/kube-object.ts";
import { projectRoot, type SandboxFolder } from "../state/sandbox-folder.ts";
import { appliedFleet, markApplied } from "./fleet-marker.ts";

const lookEveryMs = 1_000;
const directory = join(projectRoot, "sandbox/seed/fleet");
const known: readonly Resource[] = Object.values(resources);
const ControlPlane = z.looseObject({ spec: z.looseObject({ identityRef: z.looseObject({ name: z.string() }) }) });
export type SeedCluster = { key: string; namespace: string; identity: string; objects: KubeObject[] };

/** The clusters of the small fleet, as the portal would have rendered them. */
export function seedFleet(): SeedCluster[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => {
      const objects = parseAllDocuments(readFileSync(join(directory, file), "utf8")).map((document) => KubeObject.parse(document.toJS()));
      const cluster = objects.find((object) => object.kind === resources.cluster.kind);
      const plane = objects.find((object) => object.kind === resources.managedControlPlane.kind);
      if (!cluster || !plane) throw new Error(`seed/fleet/${file} holds no whole cluster`);
      const identity = ControlPlane.parse(plane).spec.identityRef.name;
      return { key: keyOf(cluster.metadata), namespace: cluster.metadata.namespace ?? "", identity, objects };
    });
}

/** Applies the fleet as the portal's user, once each, as soon as the portal has made the team's namespace and its identity. */
export function startFleetSeed(options: { folder: SandboxFolder; portal: KubeClient; say: (line: string) => void }): {
  stop: () => Promise<void>;
} {
  const { folder, portal, say } = options;
  const ending = new AbortController();
  const left = () => seedFleet().filter((one) => !appliedFleet(folder).includes(one.key));

  async function seed(one: SeedCluster): Promise<void> {
    const namespace = await portal.find(resources.namespace, { name: one.namespace });
    const identity = await portal.find(resources.roleIdentity, { name: one.identity });
    if (!namespace || !identity) return;
    for (const object of one.objects) await portal.apply(resourceOf(object), object, false);
    markApplied(folder, one.key);
    say(`applied the fleet's ${one.key}`);
  }

  async function loop(): Promise<void> {
    while (!ending.signal.aborted && left().length > 0) {
      for (const one of left())
        await seed(one).catch((error: unknown) => say(`fleet, ${one.key}: ${error instanceof Error ? error.message : String(error)}`));
      await sleep(lookEveryMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }
  const looping = loop();
  return {
    stop: async () => {
      ending.abort();
      await looping;
    },
  };
}

function resourceOf(object: KubeObject): Resource {
  const found = known.find((one) => one.kind === object.kind && apiVersionOf(one) === object.apiVersion);
  if (!found) throw new Error(`the fleet holds a ${object.kind ?? "thing"} the sandbox does not know`);
  return found;
}
