import type { JsonObject, JsonValue } from "../../lib/domain/json.ts";
import type { ClusterDraft, PoolDraft } from "./cluster-draft.ts";
import { ADVICE_QUESTIONS } from "./cluster-draft.ts";
import type { ShownBlueprint } from "./shown-blueprint.ts";

/**
 * What the draft says as a `cluster.create` input. It is not checked here: text that is no number stays text and an unanswered question stays out,
 * so that the one schema behind the door names the field.
 */
export function toClusterInput(draft: ClusterDraft, blueprint: ShownBlueprint | null): JsonObject {
  return {
    blueprint: draft.blueprint,
    name: draft.name.trim(),
    account: draft.account,
    kubernetesVersion: draft.kubernetesVersion,
    endpointAccess: draft.endpointAccess,
    ...(blueprint?.fields.publicCidrs === undefined || draft.endpointAccess === "private" ? {} : { publicCidrs: lines(draft.publicCidrs) }),
    network:
      blueprint?.network.mode === "existing"
        ? { mode: "existing", vpcId: draft.vpcId, subnetIds: [...draft.subnetIds] }
        : { mode: "managed", cidr: draft.cidr.trim() },
    pools: draft.pools.map(toPool),
    visibility: draft.visibility,
    ...(draft.description.trim() === "" ? {} : { description: draft.description.trim() }),
    advice: Object.fromEntries(
      ADVICE_QUESTIONS.flatMap((question) => (draft.advice[question] === null ? [] : [[question, draft.advice[question]]])),
    ),
  };
}

/** Is there enough to ask for a plan? Before that every answer would only repeat that fields are empty. */
export function isWorthAsking(draft: ClusterDraft): boolean {
  return (
    draft.blueprint !== "" &&
    draft.account !== "" &&
    draft.name.trim() !== "" &&
    ADVICE_QUESTIONS.every((question) => draft.advice[question] !== null)
  );
}

/** Turns a stored input back into a draft, for another revision. Null when it is no `cluster.create` input. */
export function fromClusterInput(input: unknown, base: ClusterDraft, purpose: string): ClusterDraft | null {
  if (!isObject(input)) return null;
  const network = isObject(input["network"]) ? input["network"] : {};
  const advice = isObject(input["advice"]) ? input["advice"] : {};
  return {
    ...base,
    purpose,
    blueprint: text(input["blueprint"]),
    name: text(input["name"]),
    account: text(input["account"]),
    kubernetesVersion: text(input["kubernetesVersion"]),
    endpointAccess: text(input["endpointAccess"]),
    publicCidrs: list(input["publicCidrs"]).map(text).join("\n"),
    cidr: text(network["cidr"]),
    vpcId: text(network["vpcId"]),
    subnetIds: list(network["subnetIds"]).map(text),
    visibility: text(input["visibility"]),
    description: text(input["description"]),
    advice: {
      ownNodeTypes: answer(advice["ownNodeTypes"]),
      ownUpgradeWindow: answer(advice["ownUpgradeWindow"]),
      isolationRule: answer(advice["isolationRule"]),
      ownAccount: answer(advice["ownAccount"]),
    },
    pools: list(input["pools"]).filter(isObject).map(fromPool),
  };
}

function toPool(pool: PoolDraft): JsonObject {
  return {
    name: pool.name.trim(),
    instanceType: pool.instanceType,
    capacityType: pool.capacityType,
    min: whole(pool.min),
    max: whole(pool.max),
    desired: whole(pool.desired),
    diskSizeGiB: whole(pool.diskSizeGiB),
  };
}

function fromPool(pool: Readonly<Record<string, unknown>>): PoolDraft {
  return {
    key: crypto.randomUUID(),
    name: text(pool["name"]),
    instanceType: text(pool["instanceType"]),
    capacityType: text(pool["capacityType"]),
    min: text(pool["min"]),
    max: text(pool["max"]),
    desired: text(pool["desired"]),
    diskSizeGiB: text(pool["diskSizeGiB"]),
  };
}

function whole(typed: string): JsonValue {
  return /^[0-9]{1,9}$/.test(typed.trim()) ? Number(typed) : typed;
}

function lines(typed: string): string[] {
  return typed.split(/[\s,]+/).filter((line) => line !== "");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function answer(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
