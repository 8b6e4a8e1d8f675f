import { type Message, message } from "../message.ts";
import type { StatusStep } from "./cluster-view.ts";
import { CONTROL_PLANE_PARTS, failedPart } from "./findings/condition-error.ts";
import { connectionLost } from "./findings/connection-lost.ts";
import { identitySilent } from "./findings/identity-silent.ts";
import { isFailed } from "./findings/node-group-failed.ts";
import { missingObjects } from "./findings/objects-missing.ts";
import type { ObservedCluster } from "./observed-cluster.ts";
import { conditionOf, earliest, isEstablished, isPickedUp, isTrue, isUp, latest, nodesOf } from "./observed-facts.ts";
import { type StepId, stuckAfterMs, USUAL_SECONDS } from "./status-limits.ts";

/** What proves one step: is it done, and when its evidence says so (null: done, but nobody wrote the time). */
export type Proof = { readonly id: StepId; readonly done: boolean; readonly at: Date | null; readonly detail: Message | null };

/**
 * The way of a new cluster: applied, picked up, network, IAM, control plane, add-ons, pools, connection. Only the first step that is not done
 * runs; a step is `failed` or `stuck` by its own evidence or when it takes three times the usual.
 */
export function createSteps(observed: ObservedCluster, now: Date): readonly StatusStep[] {
  const proofs = createProofs(observed);
  const established = isEstablished(observed, now);
  const current = established ? -1 : proofs.findIndex(({ done }) => !done);
  const troubles = stepTroubles(observed, now);
  let reached: Date | null = observed.createdAt;
  return proofs.map((proof, index) => {
    const startedAt = current === -1 || index <= current ? reached : null;
    const done = established || proof.done;
    const endedAt = done ? latest(proof.at, startedAt) : null;
    if (done) reached = endedAt;
    const trouble = done ? undefined : troubles[proof.id];
    const state = done ? "done" : (trouble ?? (index === current ? runningState(proof.id, startedAt, now) : "todo"));
    return toStep(proof, { state, startedAt: state === "todo" ? null : startedAt, endedAt });
  });
}

export function toStep(
  { id, detail }: Proof,
  { state, startedAt, endedAt }: { readonly state: StatusStep["state"]; readonly startedAt: Date | null; readonly endedAt: Date | null },
): StatusStep {
  return {
    id,
    label: message(`clusters.step.${id}`),
    detail,
    state,
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    usual: USUAL_SECONDS[id],
  };
}

export function runningState(id: StepId, startedAt: Date | null, now: Date): "current" | "stuck" {
  return startedAt !== null && now.getTime() - startedAt.getTime() >= stuckAfterMs(id) ? "stuck" : "current";
}

function createProofs(observed: ObservedCluster): readonly Proof[] {
  const { controlPlane, infrastructure, pools } = observed;
  const nodes = nodesOf(observed);
  const controlPlaneMade = isTrue(controlPlane, "EKSControlPlaneReady") && !isTrue(controlPlane, "EKSControlPlaneCreating");
  const written = controlPlane !== null && infrastructure !== null && pools.length > 0;
  return [
    {
      id: "applied",
      done: written,
      at: latest(observed.createdAt, infrastructure?.createdAt, controlPlane?.createdAt, ...pools.map(({ createdAt }) => createdAt)),
      detail: null,
    },
    { id: "picked-up", done: isPickedUp(observed), at: firstSign(observed), detail: null },
    partsProof(observed, "network", ["VpcReady", "SubnetsReady", "ClusterSecurityGroupsReady"]),
    partsProof(observed, "iam", ["IAMControlPlaneRolesReady"]),
    {
      id: "control-plane",
      done: controlPlaneMade,
      at: conditionOf(controlPlane, "EKSControlPlaneReady")?.at ?? null,
      detail: controlPlane?.specVersion == null ? null : message("clusters.stepDetail.version", { version: controlPlane.specVersion }),
    },
    partsProof(observed, "addons", ["EKSAddonsConfigured", "IAMAuthenticatorConfigured"]),
    {
      id: "pools",
      done: pools.length > 0 && pools.every(isUp),
      at: latest(
        ...pools.map((pool) => conditionOf(pool.managed, "EKSNodegroupReady")?.at),
        ...pools.map((pool) => conditionOf(pool, "ReplicasReady")?.at),
      ),
      detail: message("clusters.stepDetail.nodes", nodes),
    },
    {
      // A probe may answer before EKS is done with the control plane; the step is proven only once there is something to connect to.
      id: "connection",
      done: controlPlaneMade && isTrue(observed, "RemoteConnectionProbe"),
      at: latest(conditionOf(observed, "RemoteConnectionProbe")?.at, conditionOf(controlPlane, "EKSControlPlaneReady")?.at),
      detail: null,
    },
  ];
}

/** Done when the `needed` parts are True and no other part of the step that was written is anything else. */
function partsProof({ controlPlane }: ObservedCluster, step: StepId, needed: readonly string[]): Proof {
  const types = CONTROL_PLANE_PARTS.filter((part) => part.step === step).map(({ type }) => type);
  const written = types.flatMap((type) => conditionOf(controlPlane, type) ?? []);
  const done = written.filter(({ status }) => status === "True");
  return {
    id: step,
    done: needed.every((type) => isTrue(controlPlane, type)) && done.length === written.length,
    at: latest(...done.map(({ at }) => at)),
    detail: written.length > 1 ? message("clusters.stepDetail.parts", { done: done.length, total: written.length }) : null,
  };
}

/** When the provider left its first trace; the finalizer itself carries no time. */
function firstSign({ controlPlane }: ObservedCluster): Date | null {
  return earliest(...(controlPlane?.conditions ?? []).filter(({ type }) => type !== "Paused").map(({ at }) => at));
}

function stepTroubles(observed: ObservedCluster, now: Date): Partial<Record<StepId, "stuck" | "failed">> {
  const part = failedPart(observed);
  return {
    ...(missingObjects(observed, now).length > 0 ? { applied: "stuck" } : {}),
    ...(identitySilent(observed, now).length > 0 ? { "picked-up": "stuck" } : {}),
    ...(observed.controlPlane?.failureMessage == null ? {} : { "control-plane": "failed" }),
    ...(part === null ? {} : { [part.step]: "failed" }),
    ...(observed.pools.some(isFailed) ? { pools: "failed" } : {}),
    ...(connectionLost(observed, now).length > 0 ? { connection: "stuck" } : {}),
  };
}
