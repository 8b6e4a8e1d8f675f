import { describe, expect, it } from "vitest";
import type { BlueprintData } from "../../lib/domain/clusters/blueprint.ts";
import { CreateClusterInput } from "../../lib/domain/clusters/create-cluster-input.ts";
import { type ClusterDraft, emptyDraft, withBlueprint } from "./cluster-draft.ts";
import { fromClusterInput, isWorthAsking, toClusterInput } from "./draft-input.ts";

const words = { en: "x", ja: "x" };
const blueprint: BlueprintData = {
  title: words,
  summary: words,
  usualMinutes: { low: 1, high: 2 },
  network: { mode: "managed", zones: 2, cidr: { mutability: "fixed", default: "10.64.0.0/16" } },
  fields: {
    kubernetesVersion: { mutability: "editable", choices: ["1.34", "1.35"], default: "1.34" },
    endpointAccess: { mutability: "editable", choices: ["public", "private"], default: "public" },
    publicCidrs: { mutability: "editable", default: ["198.18.0.0/24"], forbidOpen: true },
    poolCount: { min: 1, max: 2 },
    instanceType: { mutability: "replace-only", choices: ["t3.large"], default: "t3.large" },
    capacityType: { mutability: "replace-only", choices: ["spot"], default: "spot" },
    nodesPerPool: { mutability: "editable", min: 0, max: 10, default: 2 },
    diskSizeGiB: { mutability: "replace-only", min: 20, max: 100, default: 40 },
    visibility: { mutability: "editable", choices: ["team", "organisation"], default: "team" },
  },
  fixed: {
    amiType: "AL2023_x86_64_STANDARD",
    authenticationMode: "api",
    upgradePolicy: "standard",
    logging: { apiServer: true, audit: true, authenticator: true, controllerManager: true, scheduler: true },
    encryption: true,
    nodeRepair: true,
    maxUnavailable: 1,
    addons: {},
  },
  example: {},
};

function filledDraft(): ClusterDraft {
  const draft = withBlueprint(emptyDraft("payments", "payments-dev"), "eks-small", blueprint);
  return {
    ...draft,
    name: "checkout-dev",
    advice: { ownNodeTypes: true, ownUpgradeWindow: false, isolationRule: false, ownAccount: false },
  };
}

describe("the draft of a new cluster", () => {
  it("is acceptable to the one schema with nothing but a name and four answers", () => {
    expect(CreateClusterInput.safeParse(toClusterInput(filledDraft(), blueprint)).success).toBe(true);
  });
  it("names the field when a number is no number", () => {
    const draft = filledDraft();
    const parsed = CreateClusterInput.safeParse(
      toClusterInput({ ...draft, pools: draft.pools.map((pool) => ({ ...pool, max: "many" })) }, blueprint),
    );
    expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual(["pools.0.max"]);
  });
  it("leaves public ranges out of a private endpoint", () => {
    expect(toClusterInput({ ...filledDraft(), endpointAccess: "private" }, blueprint)).not.toHaveProperty("publicCidrs");
  });
  it("comes back from the stored input unchanged", () => {
    const draft = filledDraft();
    const back = fromClusterInput(toClusterInput(draft, blueprint), emptyDraft("payments", ""), draft.purpose);
    expect(back && toClusterInput(back, blueprint)).toEqual(toClusterInput(draft, blueprint));
  });
  it("is not asked about before the four questions are answered", () => {
    expect(isWorthAsking(filledDraft())).toBe(true);
    expect(isWorthAsking({ ...filledDraft(), advice: { ...filledDraft().advice, ownAccount: null } })).toBe(false);
  });
});
