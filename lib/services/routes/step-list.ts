import { hashOfJson } from "../../domain/requests/content-hash.ts";
import type { Base, KubeObject, ObjectRef, PlanStep, Proof } from "../../domain/requests/plan.ts";
import { intentOf } from "../../manifests/intent.ts";
import { equalJson } from "../../manifests/json-shape.ts";
import { textAt } from "../../manifests/safe-read.ts";
import { refOf } from "../../manifests/tenancy/tenancy-refs.ts";

/** An object that a plan writes, and what stands there now. `same`: it says already what the plan would say. */
export type WantedObject = { readonly destination: string; readonly object: KubeObject; readonly base: Base; readonly same: boolean };
/** An object that a plan takes away. */
export type DoomedObject = { readonly destination: string; readonly ref: ObjectRef; readonly base: Base };

export async function toWanted(destination: string, object: KubeObject, live: KubeObject | null): Promise<WantedObject> {
  if (live === null) return { destination, object, base: "absent", same: false };
  return { destination, object, base: await baseOf(live), same: equalJson(intentOf(live), intentOf(object)) };
}

export async function toDoomed(destination: string, live: KubeObject): Promise<DoomedObject> {
  return { destination, ref: refOf(live), base: await baseOf(live) };
}

export async function baseOf(live: KubeObject): Promise<Base> {
  return { uid: textAt(live.metadata, "uid") ?? "", intentHash: await hashOfJson(intentOf(live)) };
}

/** Steps in the order in which they are added. What already says what it should is no step; an object waits for the namespace that an earlier step makes. */
export function createStepList() {
  const steps: PlanStep[] = [];
  const namespaces = new Map<string, number>();
  const next = (): number => steps.length + 1;
  const common = (destination: string) => ({ n: next(), destination, onFail: "stop" as const });

  return {
    apply(wanted: readonly WantedObject[]): void {
      for (const { destination, object, base, same } of wanted) {
        if (same) continue;
        const after = namespaces.get(`${destination} ${object.metadata.namespace ?? ""}`);
        if (object.kind === "Namespace" && base === "absent") namespaces.set(`${destination} ${object.metadata.name}`, next());
        steps.push({
          ...common(destination),
          op: "apply",
          object,
          base,
          proof: { type: "applied" },
          ...(after === undefined ? {} : { after }),
        });
      }
    },
    prove(destination: string, ref: ObjectRef, proof: Proof): void {
      steps.push({ ...common(destination), op: "await", ref, proof });
    },
    /** Asks for each to go, then waits for each: finalizers take their time side by side. */
    remove(doomed: readonly DoomedObject[]): void {
      for (const { destination, ref, base } of doomed)
        steps.push({ ...common(destination), op: "delete", ref, base, proof: { type: "applied" } });
      for (const { destination, ref } of doomed) steps.push({ ...common(destination), op: "await", ref, proof: { type: "gone" } });
    },
    steps: (): PlanStep[] => steps,
  };
}
