import { z } from "zod";
import { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { command } from "../command.ts";
import { CLUSTER_OBJECT } from "./transition-key.ts";

export const ClusterTransition = z.strictObject({
  key: z.string(),
  uid: z.string().min(1),
  from: z.nullable(z.string()),
  to: z.string(),
  at: z.date(),
  sentence: JsonObject,
});
export type ClusterTransition = z.infer<typeof ClusterTransition>;

/** Keeps changes of state. What another replica wrote first is left out; when that was all of them nothing is written: `PRECONDITION` `clusters.transitionsKnown`. */
export const recordTransitions = command({
  name: "cluster.recordTransitions",
  input: z.strictObject({ transitions: z.array(ClusterTransition).min(1).max(200) }),
  output: z.strictObject({ recorded: z.array(z.string()) }),
  permission: "system.run",
  scope: async () => ({ type: "installation" }),
  run: async ({ transitions }, { tx }) => {
    const recorded: ClusterTransition[] = [];
    for (const { key, uid, ...change } of transitions) {
      if (await tx.transitions.record({ objectKind: CLUSTER_OBJECT, objectKey: key, objectUid: uid, ...change }))
        recorded.push({ key, uid, ...change });
    }
    if (recorded.length === 0) throw new PortalError("PRECONDITION", "clusters.transitionsKnown");
    return {
      output: { recorded: recorded.map(({ key }) => key) },
      audit: { teamId: null, target: "clusters", detail: { changes: recorded.map(({ key, from, to }) => ({ key, from, to })) } },
    };
  },
});
