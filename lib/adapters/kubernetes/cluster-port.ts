import { z } from "zod";
import type { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { KubeObject, type ObjectRef } from "../../domain/requests/plan.ts";
import { listPages } from "./list-pages.ts";
import { parseAnswer } from "./parse-answer.ts";
import type { CallOptions, ClusterPort } from "./port.ts";
import { refOf } from "./ref-of.ts";
import { createResourceFinder, resourcePath } from "./resource-paths.ts";
import { toJsonObject } from "./to-json-object.ts";
import { type Asked, translateError } from "./translate-error.ts";
import type { KubeRequest, Transport } from "./transport.ts";

type Selection = Pick<Parameters<ClusterPort["list"]>[0], "labels" | "fields">;
const KubeSystem = z.object({ metadata: z.object({ uid: z.string().min(1) }) });

/** The calls that any API server answers alike, management or tenant; the transport says which one and with whose credential. */
export function createClusterPort({
  transport,
  fieldManager,
}: {
  readonly transport: Transport;
  readonly fieldManager: string;
}): ClusterPort {
  const findResource = createResourceFinder(transport);

  async function find(ref: ObjectRef, options?: CallOptions): Promise<KubeObject | null> {
    const asked = toAsked(transport, ref);
    const answer = await transport.call({ method: "GET", path: await pathOf(ref, options), kind: ref.kind }, options);
    if (answer.status === 200) return parseAnswer(KubeObject, answer, asked.cluster);
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
    return { object: parseAnswer(KubeObject, answer, asked.cluster), warnings: answer.warnings };
  }

  return {
    id: transport.clusterId,
    find,
    async clusterUid(options) {
      const ref = { apiVersion: "v1", kind: "Namespace", name: "kube-system" };
      const answer = await transport.call({ method: "GET", path: await pathOf(ref, options), kind: ref.kind }, options);
      if (answer.status !== 200) throw translateError(answer, toAsked(transport, ref));
      return parseAnswer(KubeSystem, answer, transport.clusterId).metadata.uid;
    },
    async list(kind, options) {
      const resource = await findResource(kind.apiVersion, kind.kind, options);
      const objects: KubeObject[] = [];
      const where = kind.namespace === undefined ? { allNamespaces: true } : { namespace: kind.namespace };
      const pages = listPages(transport, { resource, path: resourcePath(resource, where), query: toSelectors(kind) }, options);
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
  };
}

function toAsked(transport: Transport, ref: ObjectRef): Asked {
  return { ...ref, cluster: transport.clusterId };
}

const SELECTOR_PART = /^[A-Za-z0-9._/-]*$/;

function toSelectors({ labels, fields }: Selection): Readonly<Record<string, string>> {
  return { ...toSelector("labelSelector", labels), ...toSelector("fieldSelector", fields) };
}

function toSelector(parameter: string, wanted: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const entries = Object.entries(wanted);
  if (entries.length === 0) return {};
  for (const [name, value] of entries) {
    // A comma or an operator would change the selector's meaning.
    if (!SELECTOR_PART.test(name) || !SELECTOR_PART.test(value))
      throw new PortalError("INTERNAL", "kubernetes.badReference", { name: `${name}=${value}` });
  }
  return { [parameter]: entries.map(([name, value]) => `${name}=${value}`).join(",") };
}
