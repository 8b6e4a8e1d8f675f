import type { ShownBlueprint } from "./shown-blueprint.ts";

/** One row of the pool table as it is typed; numbers stay text until the plan reads them. */
export type PoolDraft = {
  readonly key: string;
  readonly name: string;
  readonly instanceType: string;
  readonly capacityType: string;
  readonly min: string;
  readonly max: string;
  readonly desired: string;
  readonly diskSizeGiB: string;
};

export const ADVICE_QUESTIONS = ["ownNodeTypes", "ownUpgradeWindow", "isolationRule", "ownAccount"] as const;
export type AdviceQuestion = (typeof ADVICE_QUESTIONS)[number];
export type AdviceAnswers = Readonly<Record<AdviceQuestion, boolean | null>>;

/** Everything a person has typed, kept on her device until it is sent. */
export type ClusterDraft = {
  readonly team: string;
  readonly advice: AdviceAnswers;
  readonly blueprint: string;
  readonly name: string;
  readonly account: string;
  readonly purpose: string;
  readonly description: string;
  readonly visibility: string;
  readonly kubernetesVersion: string;
  readonly endpointAccess: string;
  readonly publicCidrs: string;
  readonly cidr: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly pools: readonly PoolDraft[];
};

export const UNANSWERED: AdviceAnswers = { ownNodeTypes: null, ownUpgradeWindow: null, isolationRule: null, ownAccount: null };

/** A draft nobody has typed into yet. */
export function emptyDraft(team: string, account: string): ClusterDraft {
  return {
    team,
    advice: UNANSWERED,
    blueprint: "",
    name: "",
    account,
    purpose: "",
    description: "",
    visibility: "team",
    kubernetesVersion: "",
    endpointAccess: "",
    publicCidrs: "",
    cidr: "",
    vpcId: "",
    subnetIds: [],
    pools: [],
  };
}

/** The same draft under another blueprint: its defaults replace what it fixes or does not offer; name, account and purpose stay. */
export function withBlueprint(draft: ClusterDraft, id: string, data: ShownBlueprint): ClusterDraft {
  const { fields, network } = data;
  return {
    ...draft,
    blueprint: id,
    kubernetesVersion: offered(draft.kubernetesVersion, fields.kubernetesVersion),
    endpointAccess: offered(draft.endpointAccess, fields.endpointAccess),
    visibility: offered(draft.visibility, fields.visibility),
    publicCidrs:
      fields.publicCidrs === undefined ? "" : draft.publicCidrs === "" ? fields.publicCidrs.default.join("\n") : draft.publicCidrs,
    cidr: network.mode === "managed" ? (draft.cidr === "" ? network.cidr.default : draft.cidr) : "",
    vpcId: network.mode === "existing" ? draft.vpcId : "",
    subnetIds: network.mode === "existing" ? draft.subnetIds : [],
    pools:
      draft.pools.length === 0
        ? [newPool(data, "general")]
        : draft.pools.slice(0, fields.poolCount.max).map((pool) => ({
            ...pool,
            instanceType: offered(pool.instanceType, fields.instanceType),
            capacityType: offered(pool.capacityType, fields.capacityType),
          })),
  };
}

/** A pool with the blueprint's defaults. */
export function newPool(data: ShownBlueprint, name: string): PoolDraft {
  const { nodesPerPool, diskSizeGiB, instanceType, capacityType } = data.fields;
  const desired = String(nodesPerPool.default);
  return {
    key: crypto.randomUUID(),
    name,
    instanceType: instanceType.default,
    capacityType: capacityType.default,
    min: desired,
    max: desired,
    desired,
    diskSizeGiB: String(diskSizeGiB.default),
  };
}

function offered<T extends string>(value: string, choice: { readonly choices: readonly T[]; readonly default: T }): string {
  return choice.choices.some((one) => one === value) ? value : choice.default;
}
