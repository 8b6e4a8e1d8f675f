import type { Glyph } from "../clusters/cluster-view.ts";
import { teamOfNamespace } from "../clusters/eks-name.ts";
import { type Message, message } from "../message.ts";
import type { ObservedExport, ObservedProvider } from "../routes/observed-route.ts";
import { PROVIDER_OLD_MS } from "../routes/route-limits.ts";
import { bareNode, type GraphPart, type NodeDraft, RANK } from "./graph-part.ts";
import { nodeId } from "./node-id.ts";

/** The kubeServices that a tenant cluster exports, as that cluster last said it. */
export function providerPart({ cluster, exports, freshAt, error }: ObservedProvider, now: Date): GraphPart {
  const isFresh = freshAt !== null && error === null && now.getTime() - freshAt.getTime() < PROVIDER_OLD_MS;
  return {
    nodes: exports.map((one) => draftOf(cluster, one, isFresh)),
    edges: [],
    due: isFresh ? new Date(freshAt.getTime() + PROVIDER_OLD_MS) : null,
  };
}

function draftOf(cluster: string, one: ObservedExport, isFresh: boolean): NodeDraft {
  const [, namespaceOfCluster = ""] = cluster.split("/");
  const { glyph, sentence } = stateOf(one, isFresh);
  const node = bareNode({
    id: nodeId.kubeService(cluster, one.namespace, one.name),
    kind: "kube-service",
    name: `${one.namespace}/${one.name}`,
    parent: nodeId.cluster(cluster),
    team: teamOfNamespace(namespaceOfCluster),
    glyph,
    note: one.port === null ? null : message("topology.note.port", { port: String(one.port) }),
    sentence,
    at: one.observedAt.toISOString(),
    facts: [
      ...(one.port === null ? [] : [{ key: "port" as const, value: String(one.port) }]),
      ...(one.protocol === null ? [] : [{ key: "protocol" as const, value: one.protocol }]),
    ],
  });
  return { node, access: { type: "kube-service", namespace: namespaceOfCluster }, rank: RANK.own };
}

function stateOf({ deletingSince, kubeService, federated }: ObservedExport, isFresh: boolean): { glyph: Glyph; sentence: Message } {
  const say = (glyph: Glyph, key: string, ready = 0) => ({ glyph, sentence: message(`topology.kubeService.${key}`, { ready }) });
  if (!isFresh) return say("unknown", "old");
  if (deletingSince !== null) return say("deleting", "deleting");
  if (kubeService === null) return say("attention", "absent");
  if (!federated) return say("attention", "notFederated");
  return kubeService.readyPods === 0 ? say("attention", "noPods") : say("ok", "ok", kubeService.readyPods);
}
