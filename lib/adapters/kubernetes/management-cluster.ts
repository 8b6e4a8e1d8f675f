import { z } from "zod";
import type { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { KubeObject, type ObjectRef } from "../../domain/requests/plan.ts";
import { listPages } from "./list-pages.ts";
import type { CallOptions, ManagementClusterPort, WatchCache, WatchedKind } from "./port.ts";
import { refOf } from "./ref-of.ts";
import { createResourceFinder, resourcePath } from "./resource-paths.ts";
import { readTenantEndpoint } from "./tenant-endpoint.ts";
import { toJsonObject } from "./to-json-object.ts";
import { type Asked, translateError } from "./translate-error.ts";
import type { KubeAnswer, KubeRequest, Transport } from "./transport.ts";

const AccessReview = z.object({ status: z.object({ allowed: z.boolean() }) });
const KubeSystem = z.object({ metadata: z.object({ uid: z.string().min(1) }) });

export type ManagementClusterOptions = {
  readonly transport: Transport;
  readonly fieldManager: string;
  readonly tenantEndpointCidrs: readonly string[];
  readonly watch: (kind: WatchedKind) => WatchCache;
};

export function createManagementCluster({
  transport,
  fieldManager,
  tenantEndpointCidrs,
  watch,
}: ManagementClusterOptions): ManagementClusterPort {
  const findResource = createResourceFinder(transport);

  async function find(ref: ObjectRef, options?: CallOptions): Promise<KubeObject | null> {
    const asked = toAsked(transport, ref);
    const answer = await transport.call({ method: "GET", path: await pathOf(ref, options), kind: ref.kind }, options);
    if (answer.status === 200) return readObject(answer, asked);
    const error = translateError(answer, asked);
    if (error.key === "kubernetes.objectMissing" || error.key === "kubernetes.namespaceMissing") return null;
    throw error;
  }

  async function pathOf(ref: ObjectRef, options: CallOptions | undefined): Promise<string> {
    return resourcePath(await findResource(ref.apiVersion, ref.kind, options), ref);
  }

  async function write(
    ref: ObjectRef,
    request: Omit<KubeRequest, "path" | "kind">,
    options?: CallOptions,
  ): Promise<{ object: KubeObject; warnings: readonly string[] }> {
    const asked = toAsked(transport, ref);
    const answer = await transport.call({ ...request, path: await pathOf(ref, options), kind: ref.kind }, options);
    if (answer.status !== 200 && answer.status !== 201) throw translateError(answer, asked);
    return { object: readObject(answer, asked), warnings: answer.warnings };
  }

  return {
    id: transport.clusterId,
    watch,
    find,
    async clusterUid(options) {
      const ref = { apiVersion: "v1", kind: "Namespace", name: "kube-system" };
      const answer = await transport.call({ method: "GET", path: await pathOf(ref, options), kind: ref.kind }, options);
      if (answer.status !== 200) throw translateError(answer, toAsked(transport, ref));
      return readWith(KubeSystem, answer, transport.clusterId).metadata.uid;
    },
    async list(kind, options) {
      const resource = await findResource(kind.apiVersion, kind.kind, options);
      const objects: KubeObject[] = [];
      const where = kind.namespace === undefined ? { allNamespaces: true } : { namespace: kind.namespace };
      const pages = listPages(transport, { resource, path: resourcePath(resource, where), query: toSelector(kind.labels) }, options);
      for await (const page of pages) objects.push(...page.objects);
      return objects;
    },
    apply(object, options) {
      const query = { fieldManager, force: "false", fieldValidation: "Strict", ...(options?.dryRun ? { dryRun: "All" } : {}) };
      return write(
        refOf(object),
        { method: "PATCH", query, body: toJsonObject(object), contentType: "application/apply-patch+yaml" },
        options,
      );
    },
    async mergePatch(ref, patch, options) {
      const query = { fieldManager, fieldValidation: "Strict" };
      return (await write(ref, { method: "PATCH", query, body: patch, contentType: "application/merge-patch+json" }, options)).object;
    },
    async delete(ref, preconditions, options) {
      const body: JsonObject = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Background", preconditions };
      const answer = await transport.call({ method: "DELETE", path: await pathOf(ref, options), body, kind: ref.kind }, options);
      if (answer.status >= 200 && answer.status < 300) return;
      const error = translateError(answer, toAsked(transport, ref));
      if (error.key !== "kubernetes.objectMissing") throw error;
    },
    async canI(access, options) {
      const body: JsonObject = {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: access },
      };
      const path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
      const answer = await transport.call({ method: "POST", path, body, kind: "SelfSubjectAccessReview" }, options);
      if (answer.status !== 201)
        throw translateError(answer, {
          cluster: transport.clusterId,
          apiVersion: "authorization.k8s.io/v1",
          kind: "SelfSubjectAccessReview",
          name: "",
        });
      return readWith(AccessReview, answer, transport.clusterId).status.allowed;
    },
    tenantEndpoint: (cluster, options) =>
      readTenantEndpoint({ find, managementCluster: transport.clusterId, tenantEndpointCidrs }, cluster, options),
  };
}

function toAsked(transport: Transport, ref: ObjectRef): Asked {
  return { ...ref, cluster: transport.clusterId };
}

function readObject(answer: KubeAnswer, asked: Asked): KubeObject {
  return readWith(KubeObject, answer, asked.cluster);
}

function readWith<T>(schema: z.ZodType<T>, answer: KubeAnswer, cluster: string): T {
  const parsed = schema.safeParse(answer.json);
  if (!parsed.success) throw new PortalError("UNAVAILABLE", "kubernetes.unreadable", { cluster }, { cause: parsed.error });
  return parsed.data;
}

const LABEL_PART = /^[A-Za-z0-9._/-]*$/;

function toSelector(labels: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  const entries = Object.entries(labels ?? {});
  if (entries.length === 0) return {};
  for (const [name, value] of entries) {
    // A comma or an operator would change the selector's meaning.
    if (!LABEL_PART.test(name) || !LABEL_PART.test(value))
      throw new PortalError("INTERNAL", "kubernetes.badReference", { name: `${name}=${value}` });
  }
  return { labelSelector: entries.map(([name, value]) => `${name}=${value}`).join(",") };
}
