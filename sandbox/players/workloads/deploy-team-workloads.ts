import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { KubeClient } from "../../kube/kube-client.ts";
import { apiVersionOf, KubeObject, resources } from "../../kube/kube-object.ts";
import { projectRoot } from "../../state/sandbox-folder.ts";

const deployedBy = "sandbox.trellis.internal/deployed";
const kinds = [resources.namespace, resources.deployment, resources.service];

/** The team's own pipeline: its standard workloads, once for each cluster. What somebody changes or deletes there afterwards stays so. */
export async function deployTeamWorkloads(client: KubeClient, team: string): Promise<void> {
  const file = join(projectRoot, "sandbox/seed/workloads", `${team}.yaml`);
  if (!existsSync(file)) return;
  const objects = parseAllDocuments(readFileSync(file, "utf8")).map((document) => KubeObject.parse(document.toJS()));
  const namespace = objects.find((object) => object.kind === "Namespace");
  if (!namespace) throw new Error(`${team}.yaml names no namespace`);
  const existing = await client.find(resources.namespace, { name: namespace.metadata.name });
  if (existing?.metadata.annotations?.[deployedBy] !== undefined) return;
  for (const object of objects) {
    const resource = kinds.find((one) => one.kind === object.kind && apiVersionOf(one) === object.apiVersion);
    if (!resource) throw new Error(`${team}.yaml holds a ${object.kind ?? "thing"} the pipeline does not know`);
    await client.apply(resource, object);
  }
  await client.merge(resources.namespace, { name: namespace.metadata.name }, { metadata: { annotations: { [deployedBy]: "1" } } });
}
