import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { CustomResourceDefinition } from "../../cluster/custom-resource-definitions.ts";
import { type KubeClient, KubeError } from "../../kube/kube-client.ts";
import { KubeObject, resources } from "../../kube/kube-object.ts";

/** What the gateway controller wants to find at its start, and nothing else: every definition costs its API server memory. */
const kinds = ["GatewayClass", "Gateway", "HTTPRoute", "GRPCRoute", "TLSRoute"];
const group = "application-networking.k8s.aws";
const establishedMs = 60_000;
const Named = z.looseObject({ spec: z.looseObject({ group: z.string(), names: z.looseObject({ kind: z.string() }) }) });
const Established = z.looseObject({
  status: z.looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).nullish() }).optional(),
});

/** Installs the definitions of the gateway controller in a tenant cluster, as the platform's add-on pipeline does before the controller. */
export async function installTenantDefinitions(client: KubeClient, definitions: CustomResourceDefinition[]): Promise<void> {
  const wanted = definitions.filter((one) => {
    const { spec } = Named.parse(one);
    return spec.group === group || (spec.group === "gateway.networking.k8s.io" && kinds.includes(spec.names.kind));
  });
  await Promise.all(
    wanted.map((one) =>
      client.create(resources.definition, KubeObject.parse(one)).catch((error: unknown) => {
        if (!(error instanceof KubeError) || error.status !== 409) throw error;
      }),
    ),
  );
  const until = Date.now() + establishedMs;
  while (Date.now() < until) {
    const { items } = await client.list(resources.definition);
    const names = items.filter(isEstablished).map((item) => item.metadata.name);
    if (wanted.every((one) => names.includes(one.metadata.name))) return;
    await sleep(150);
  }
  throw new Error(`the definitions of the gateway controller were not established within ${establishedMs / 1_000} s`);
}

function isEstablished(item: KubeObject): boolean {
  return Established.parse(item).status?.conditions?.some((one) => one.type === "Established" && one.status === "True") ?? false;
}
