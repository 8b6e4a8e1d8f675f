import { z } from "zod";
import type { KubeClient } from "../kube/kube-client.ts";
import { KubeObject, resources } from "../kube/kube-object.ts";
import type { ClusterFiles } from "./custom-resource-definitions.ts";

const Hook = z.looseObject({ name: z.string(), clientConfig: z.looseObject({ service: z.looseObject({ path: z.string() }) }) });

/** The sandbox serves no ROSA: a registered webhook without a server would refuse every write. */
const unserved = /rosa/;

/** Registers webhooks under our own names, called by URL. The server behind the port must already answer, because the policy is Fail. */
export async function installWebhooks(
  client: KubeClient,
  manifests: ClusterFiles["managerWebhooks"],
  options: { prefix: string; port: number; ca: string },
): Promise<void> {
  for (const manifest of manifests) {
    const webhooks = manifest.webhooks.filter((hook) => !unserved.test(hook.name)).map((hook) => calledByUrl(hook, options));
    const resource = manifest.kind === "MutatingWebhookConfiguration" ? resources.mutatingWebhook : resources.validatingWebhook;
    const body = { ...manifest, metadata: { name: `${options.prefix}-${manifest.metadata.name}` }, webhooks };
    await client.apply(resource, KubeObject.parse(body));
  }
}

function calledByUrl(raw: unknown, options: { port: number; ca: string }) {
  const hook = Hook.parse(raw);
  const url = `https://127.0.0.1:${options.port}${hook.clientConfig.service.path}`;
  return { ...hook, clientConfig: { url, caBundle: Buffer.from(options.ca).toString("base64") }, timeoutSeconds: 10 };
}
