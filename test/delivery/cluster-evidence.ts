import { parse } from "yaml";
import { KubeObject } from "../../lib/domain/requests/plan.ts";
import type { RequestView } from "../../lib/domain/requests/request-view.ts";
import { intentOf } from "../../lib/manifests/intent.ts";
import { MANAGED_BY, ROUTE, TRELLIS } from "../../lib/manifests/keys.ts";
import { provenanceOf } from "../../lib/manifests/provenance.ts";
import { type KubeClient, KubeError } from "../../sandbox/kube/kube-client.ts";
import { apiVersionOf, type Resource, resources } from "../../sandbox/kube/kube-object.ts";
import { eventually } from "../../sandbox/testing/use-sandbox.ts";

const KINDS: readonly Resource[] = [
  resources.httpRoute,
  resources.grpcRoute,
  resources.tlsRoute,
  resources.iamAuthPolicy,
  resources.accessLogPolicy,
  resources.serviceImport,
  resources.referenceGrant,
  resources.serviceExport,
  resources.targetGroupPolicy,
];
type Found = { readonly place: string; readonly object: KubeObject };

/** Every object that says it belongs to this route, on every API server; `clients` by destination id. */
export async function objectsOfRoute(clients: ReadonlyMap<string, KubeClient>, name: string): Promise<readonly Found[]> {
  const query = { labelSelector: `${MANAGED_BY}=${TRELLIS},${ROUTE}=${name}` };
  const found: Found[] = [];
  for (const [destination, client] of clients)
    for (const resource of KINDS) {
      for (const item of await listKnown(client, resource, query)) {
        const object = KubeObject.parse({ ...item, apiVersion: apiVersionOf(resource), kind: resource.kind });
        found.push({ place: placeOf(destination, object), object });
      }
    }
  return found;
}

/** A tenant cluster serves only what its controller asks for: what nobody serves is not there. A kind that is new there is asked for again. */
async function listKnown(client: KubeClient, resource: Resource, query: Record<string, string>) {
  return eventually(`${resource.plural} can be listed`, async () => {
    try {
      return (await client.list(resource, query)).items;
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) return [];
      if (error instanceof KubeError && error.status === 429) return null;
      throw error;
    }
  });
}

/** What the approvers saw of this route, by place: the request, the hash and what Trellis says of the object. */
export function approvedObjects(request: RequestView) {
  return new Map(
    request.plan.flatMap(({ op, destination, yaml }) => {
      if (op !== "apply" || yaml === null) return [];
      const object = KubeObject.parse(parse(yaml));
      return isShared(object) ? [] : [[placeOf(destination, object), seenAs(request, object)] as const];
    }),
  );
}

/** The same of what really stands there. */
export function deliveredObjects(found: readonly Found[]) {
  return new Map(found.map(({ place, object }) => [place, seenAs(provenanceOf(object), object)]));
}

function seenAs(from: { readonly requestId: string; readonly contentHash: string } | RequestView | null, object: KubeObject) {
  const request = from === null ? null : "requestId" in from ? from.requestId : from.id;
  return { request, contentHash: from?.contentHash ?? null, intent: intentOf(object) };
}

/** A namespace for imports belongs to the platform, and to all routes. */
function isShared({ kind }: KubeObject): boolean {
  return kind === "Namespace";
}

function placeOf(destination: string, { kind, metadata: { namespace, name } }: KubeObject): string {
  return `${destination} ${kind} ${namespace ?? "-"}/${name}`;
}
