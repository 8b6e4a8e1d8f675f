import { z } from "zod";
import { Message } from "../../domain/message.ts";
import { query } from "../query.ts";
import { ClusterName, ownClusterScope } from "./find-cluster.ts";
import { transitionsOf } from "./transition-key.ts";

const LIMIT = 100;

/** How the cluster's state changed, newest first; over all its lives under this name. */
export const getClusterHistory = query({
  name: "cluster.history",
  input: ClusterName,
  output: z.strictObject({
    items: z.array(z.strictObject({ from: z.nullable(z.string()), to: z.string(), at: z.iso.datetime(), sentence: z.nullable(Message) })),
    nextCursor: z.null(),
  }),
  permission: "cluster.read",
  scope: ownClusterScope,
  run: async ({ namespace, name }, ctx) => {
    const managementCluster = ctx.clusters.find(namespace, name)?.managementCluster ?? ctx.kube.ids()[0] ?? "";
    const records = await ctx.db.read.transitions.list(...transitionsOf({ managementCluster, namespace, name }), LIMIT);
    return {
      items: records.map(({ from, to, at, sentence }) => ({
        from,
        to,
        at: at.toISOString(),
        sentence: Message.safeParse(sentence).data ?? null,
      })),
      nextCursor: null,
    };
  },
});
