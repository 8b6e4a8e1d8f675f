import { type KubeClient, KubeError } from "../../kube/kube-client.ts";
import { type Resource, resources } from "../../kube/kube-object.ts";

const page = 500;
const core: readonly string[] = ["configmaps", "secrets", "services", "pods", "persistentvolumeclaims", "resourcequotas"];

/** How many objects a quota key such as `count/clusters.cluster.x-k8s.io` counts in a namespace; null for keys that are no counts. */
export async function countObjects(client: KubeClient, key: string, namespace: string): Promise<number | null> {
  const resource = countedResource(key);
  if (!resource) return null;
  let count = 0;
  let next = "";
  do {
    const answer = await client.list(resource, { limit: String(page), ...(next ? { continue: next } : {}) }, namespace).catch(gone);
    if (!answer) return 0;
    count += answer.items.length;
    next = answer.metadata.continue ?? "";
  } while (next !== "");
  return count;
}

function countedResource(key: string): Resource | null {
  if (core.includes(key)) return { group: "", version: "v1", plural: key, kind: "", namespaced: true };
  if (!key.startsWith("count/")) return null;
  const [plural = "", ...group] = key.slice("count/".length).split(".");
  const wanted = group.join(".");
  const known = Object.values(resources).find((one) => one.plural === plural && one.group === wanted);
  return (
    known ?? {
      group: wanted,
      version: wanted === "" || wanted === "apps" || wanted === "batch" ? "v1" : "v1beta2",
      plural,
      kind: "",
      namespaced: true,
    }
  );
}

function gone(error: unknown): null {
  if (error instanceof KubeError && error.status === 404) return null;
  throw error;
}
