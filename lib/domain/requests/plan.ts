import { z } from "zod";
import { JsonObject } from "../json.ts";
import { Target } from "./request.ts";

/** A Kubernetes object as JSON. Only `lib/manifests` knows what is inside. */
export const KubeObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.exactOptional(z.string()) }),
});
export type KubeObject = z.infer<typeof KubeObject>;

/** Names one object of a cluster. `namespace` is absent for cluster-scoped kinds. */
export const ObjectRef = z.strictObject({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.exactOptional(z.string()),
  name: z.string(),
});
export type ObjectRef = z.infer<typeof ObjectRef>;

/** What the object was when the plan was rendered: absent, or this uid with this intent (hash of what Trellis sends, see lib/manifests/intent.ts). */
export const Base = z.union([z.literal("absent"), z.strictObject({ uid: z.string(), intentHash: z.string() })]);
export type Base = z.infer<typeof Base>;

/** When a step counts as done: applied (the API server answered), the object is gone, or the kind's own look `name` says so before the deadline. */
export const Proof = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("applied") }),
  z.strictObject({ type: z.literal("gone") }),
  z.strictObject({ type: z.literal("observed"), name: z.string(), params: JsonObject, deadlineSeconds: z.int().positive() }),
]);
export type Proof = z.infer<typeof Proof>;

const common = { n: z.int().positive(), destination: z.string(), proof: Proof, onFail: z.literal("stop") };

/** `after` names the earlier step that creates what this one needs: its dry run waits for that step. */
export const PlanStep = z.discriminatedUnion("op", [
  z.strictObject({ ...common, op: z.literal("apply"), object: KubeObject, base: Base, after: z.exactOptional(z.int()) }),
  z.strictObject({ ...common, op: z.literal("delete"), ref: ObjectRef, base: Base }),
  z.strictObject({ ...common, op: z.literal("await"), ref: ObjectRef }),
]);
export type PlanStep = z.infer<typeof PlanStep>;

/** The hashed content of a request (product.md §5). Stored as RFC 8785 bytes; delivery parses these bytes and nothing else. */
export const Plan = z.strictObject({
  v: z.literal(1),
  kind: z.string(),
  target: Target,
  destinations: z.array(z.strictObject({ id: z.string(), clusterUid: z.string() })),
  steps: z.array(PlanStep),
  blueprintVersion: z.nullable(z.string()),
});
export type Plan = z.infer<typeof Plan>;

/** What admission makes of one step's object, normalised, with its own hash; or why it could not be asked. */
export type Admitted =
  | {
      readonly n: number;
      readonly result: "admitted";
      readonly object: JsonObject;
      readonly hash: string;
      readonly warnings: readonly string[];
    }
  | {
      readonly n: number;
      readonly result: "refused";
      readonly message: string;
      readonly fields: readonly { readonly path: string; readonly message: string }[];
    }
  | { readonly n: number; readonly result: "after"; readonly step: number }
  | { readonly n: number; readonly result: "unavailable"; readonly message: string };

/** The object a step is about. */
export function refOfStep(step: PlanStep): ObjectRef {
  if (step.op !== "apply") return step.ref;
  const { apiVersion, kind, metadata } = step.object;
  return { apiVersion, kind, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }), name: metadata.name };
}
