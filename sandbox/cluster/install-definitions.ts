import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type KubeClient, KubeError } from "../kube/kube-client.ts";
import { KubeObject, resources } from "../kube/kube-object.ts";
import { type SandboxFolder, writePrivate } from "../state/sandbox-folder.ts";
import type { CustomResourceDefinition } from "./custom-resource-definitions.ts";

const parallel = 12;
const establishMs = 180_000;
const Established = z.looseObject({
  status: z.looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })) }),
});

/** Loads the CRDs by server-side apply and waits until all are established. Skipped when exactly these were loaded before. */
export async function installDefinitions(
  client: KubeClient,
  folder: SandboxFolder,
  definitions: CustomResourceDefinition[],
): Promise<void> {
  const hash = createHash("sha256").update(JSON.stringify(definitions)).digest("hex");
  const marker = folder.at("definitions.sha256");
  if (readMarker(marker) === hash) return;
  const queue = [...definitions];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await install(client, KubeObject.parse(next));
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  await untilEstablished(client, definitions.length);
  writePrivate(marker, hash);
}

/** Creating costs the API server half of what applying does, so only a definition that is there already is applied. */
async function install(client: KubeClient, definition: KubeObject): Promise<void> {
  try {
    await client.create(resources.definition, definition);
  } catch (error) {
    if (!(error instanceof KubeError) || error.status !== 409) throw error;
    await client.apply(resources.definition, definition);
  }
}

async function untilEstablished(client: KubeClient, count: number): Promise<void> {
  const until = Date.now() + establishMs;
  while (Date.now() < until) {
    const { items } = await client.list(resources.definition);
    const ready = items.filter((item) => {
      const parsed = Established.safeParse(item);
      return (
        parsed.success && parsed.data.status.conditions.some((condition) => condition.type === "Established" && condition.status === "True")
      );
    });
    if (ready.length >= count) return;
    await sleep(150);
  }
  throw new Error(`the CRDs were not established within ${establishMs / 1000} s`);
}

function readMarker(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
