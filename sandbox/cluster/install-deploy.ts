import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseAllDocuments } from "yaml";
import { type KubeClient, KubeError } from "../kube/kube-client.ts";
import { apiVersionOf, KubeObject, type Resource, resources } from "../kube/kube-object.ts";
import { projectRoot } from "../state/sandbox-folder.ts";

const folders = ["deploy/rbac", "deploy/prerequisites", "deploy/admission"];
const known: readonly Resource[] = Object.values(resources);

/** Loads the very files an installation loads: the portal's roles, the controller identity and the admission policies. */
export async function installDeploy(client: KubeClient): Promise<void> {
  for (const folder of folders) {
    for (const object of objectsIn(join(projectRoot, folder))) await applyPatiently(client, object);
  }
  await client.apply(resources.clusterRoleBinding, {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "trellis" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "trellis" },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "trellis" }],
  });
}

function objectsIn(folder: string): KubeObject[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document) => KubeObject.parse(document.toJS())));
}

/** A kind whose CRD was established a moment ago may still answer 404, a webhook registered a moment ago may still refuse the connection. */
async function applyPatiently(client: KubeClient, object: KubeObject): Promise<void> {
  const resource = known.find((one) => one.kind === object.kind && apiVersionOf(one) === object.apiVersion);
  if (!resource) throw new Error(`deploy/ holds a ${object.kind ?? "thing"} the sandbox does not know`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.apply(resource, object);
      return;
    } catch (error) {
      if (!(error instanceof KubeError) || attempt === 20 || ![404, 500, 503].includes(error.status)) throw error;
      await sleep(200);
    }
  }
}
