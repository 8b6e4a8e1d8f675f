import { z } from "zod";
import { JsonObject } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { command } from "../command.ts";
import { TRACKED_OBJECTS } from "./transition-key.ts";

export const Transition = z.strictObject({
  objectKind: z.enum(TRACKED_OBJECTS),
  key: z.string(),
  uid: z.string().min(1),
  from: z.nullable(z.string()),
  to: z.string(),
  at: z.date(),
  sentence: JsonObject,
});
export type Transition = z.infer<typeof Transition>;

/** Keeps changes of state of clusters and routes. What another replica wrote first is left out; when that was all of them nothing is written: `PRECONDITION` `clusters.transitionsKnown`. */
export const recordTransitions = command({
  name: "cluster.recordTransitions",
  input: z.strictObject({ transitions: z.array(Transition).min(1).max(200) }),
  output: z.strictObject({ recorded: z.array(z.string()) }),
  permission: "system.run",
  scope: async () => ({ type: "installation" }),
  run: async ({ transitions }, { tx }) => {
    const recorded: Transition[] = [];
    for (const { key, uid, ...change } of transitions) {
      if (await tx.transitions.record({ objectKey: key, objectUid: uid, ...change })) recorded.push({ key, uid, ...change });
    }
    if (recorded.length === 0) throw new PortalError("PRECONDITION", "clusters.transitionsKnown");
    return {
      output: { recorded: recorded.map(({ key }) => key) },
      audit: {
        teamId: null,
        target: "clusters",
        detail: { changes: recorded.map(({ objectKind, key, from, to, at }) => ({ objectKind, key, from, to, at: at.toISOString() })) },
      },
    };
  },
});
