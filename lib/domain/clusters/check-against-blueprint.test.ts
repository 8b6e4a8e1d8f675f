import { describe, expect, it } from "vitest";
import { exampleInput, seedBlueprint, TEST_ACCOUNT } from "../../manifests/clusters/testing.ts";
import type { BlueprintCheck } from "./blueprint-check.ts";
import { checkAgainstBlueprint } from "./check-against-blueprint.ts";
import { type Cidr, contains, isPrivate, isRoutable, overlaps, parseCidr } from "./cidr.ts";
import { CreateClusterInput } from "./create-cluster-input.ts";

const STANDARD: BlueprintCheck = {
  input: exampleInput("eks-standard"),
  blueprint: seedBlueprint("eks-standard").data,
  account: TEST_ACCOUNT,
  team: "payments",
};
const PRIVATE: BlueprintCheck = { ...STANDARD, input: exampleInput("eks-private"), blueprint: seedBlueprint("eks-private").data };
const [POOL] = STANDARD.input.pools;
if (POOL === undefined) throw new Error("the example has a pool");
const [VPC] = TEST_ACCOUNT.vpcs;
if (VPC === undefined) throw new Error("the account has a VPC");
const [SUBNET_A, SUBNET_B] = VPC.subnets.map(({ id }) => id);

function problems(check: BlueprintCheck, change: Partial<CreateClusterInput> = {}): readonly string[] {
  return checkAgainstBlueprint({ ...check, input: { ...check.input, ...change } }).map(
    ({ path, key }) => `${path} ${key.replace("clusters.field.", "")}`,
  );
}

const managed = (cidr: string) => ({ network: { mode: "managed" as const, cidr } });
const existing = (...subnetIds: string[]) => ({ network: { mode: "existing" as const, vpcId: "vpc-0a1b2c3d", subnetIds } });

describe("checkAgainstBlueprint", () => {
  it("accepts the examples", () => {
    expect(problems(STANDARD)).toEqual([]);
    expect(problems(PRIVATE)).toEqual([]);
  });

  it.each<[string, Partial<CreateClusterInput>, readonly string[]]>([
    ["a version that is not offered", { kubernetesVersion: "1.32" }, ["kubernetesVersion notOffered"]],
    ["an access that is not offered", { endpointAccess: "public" }, ["endpointAccess notOffered"]],
    ["no address ranges for a public endpoint", { publicCidrs: [] }, []],
    ["the whole internet", { publicCidrs: ["0.0.0.0/0"] }, ["publicCidrs.0 publicCidrsOpen"]],
    ["half the internet", { publicCidrs: ["128.0.0.0/1"] }, ["publicCidrs.0 publicCidrsOpen"]],
    ["a private range as public", { publicCidrs: ["10.0.0.0/8"] }, ["publicCidrs.0 publicCidrsPrivate"]],
    ["a metadata address as public", { publicCidrs: ["169.254.169.254/32"] }, ["publicCidrs.0 publicCidrsPrivate"]],
    ["text as a range", { publicCidrs: ["office"] }, ["publicCidrs.0 cidrShape"]],
    ["a range twice", { publicCidrs: ["203.0.113.0/24", "203.0.113.0/24"] }, ["publicCidrs.1 duplicate"]],
    ["address ranges without a public endpoint", { endpointAccess: "private" }, ["publicCidrs publicCidrsUnused"]],
    ["a public VPC", managed("8.8.0.0/16"), ["network.cidr cidrNotPrivate"]],
    ["a VPC that is too small", managed("10.0.0.0/24"), ["network.cidr cidrSize"]],
    ["a VPC that is too large", managed("10.0.0.0/12"), ["network.cidr cidrSize"]],
    ["host bits", managed("10.48.0.1/16"), ["network.cidr cidrShape"]],
    ["the block of the Services", managed("172.20.0.0/16"), ["network.cidr cidrServices"]],
    ["another kind of network", existing("subnet-0a000001"), ["network.mode networkMode"]],
    ["no pools that fit", { pools: [] }, ["pools poolCount"]],
    ["two pools of one name", { pools: [POOL, POOL] }, ["pools.1.name duplicate"]],
    ["an unknown instance type", { pools: [{ ...POOL, instanceType: "m1.small" }] }, ["pools.0.instanceType notOffered"]],
    ["Spot where it is not offered", { pools: [{ ...POOL, capacityType: "spot" }] }, ["pools.0.capacityType notOffered"]],
    ["a disk outside the bounds", { pools: [{ ...POOL, diskSizeGiB: 5 }] }, ["pools.0.diskSizeGiB outside"]],
    ["crossed scaling bounds", { pools: [{ ...POOL, min: 4, max: 2 }] }, ["pools.0.max scalingCrossed"]],
    ["a desired number outside", { pools: [{ ...POOL, min: 2, max: 4, desired: 5 }] }, ["pools.0.desired desiredOutside"]],
    ["bounds outside the blueprint", { pools: [{ ...POOL, min: 0, max: 99 }] }, ["pools.0.min outside", "pools.0.max outside"]],
  ])("judges %s", (_name, change, expected) => expect(problems(STANDARD, change)).toEqual(expected));

  it("wants address ranges where the blueprint forbids an open endpoint", () => {
    const { publicCidrs: _publicCidrs, ...input } = STANDARD.input;
    expect(checkAgainstBlueprint({ ...STANDARD, input }).map(({ key }) => key)).toEqual(["clusters.field.publicCidrsMissing"]);
  });

  it.each<[string, Partial<CreateClusterInput>, readonly string[]]>([
    ["an unknown VPC", { network: { mode: "existing", vpcId: "vpc-1", subnetIds: ["subnet-1"] } }, ["network.vpcId vpcUnknown"]],
    ["an unknown subnet", existing(SUBNET_A ?? "", SUBNET_B ?? "", "subnet-ff"), ["network.subnetIds.2 subnetUnknown"]],
    ["one zone", existing(SUBNET_A ?? ""), ["network.subnetIds subnetZones", "network.subnetIds subnetCount"]],
    ["a subnet twice", existing(SUBNET_A ?? "", SUBNET_A ?? "", SUBNET_B ?? ""), ["network.subnetIds.1 duplicate"]],
  ])("judges an existing network with %s", (_name, change, expected) => expect(problems(PRIVATE, change)).toEqual(expected));

  it("sees subnets that overlap or lie outside their VPC", () => {
    const subnets = [
      { id: "subnet-01", zone: "a", cidr: "10.90.0.0/20" },
      { id: "subnet-02", zone: "b", cidr: "10.90.8.0/21" },
      { id: "subnet-03", zone: "c", cidr: "10.91.0.0/20" },
    ];
    const account = { ...TEST_ACCOUNT, vpcs: [{ ...VPC, subnets }] };
    expect(problems({ ...PRIVATE, account }, existing("subnet-01", "subnet-02", "subnet-03"))).toEqual([
      "network.subnetIds.1 subnetOverlap",
      "network.subnetIds.2 subnetOutside",
    ]);
  });

  it.each<[string, Partial<typeof TEST_ACCOUNT>, readonly string[]]>([
    ["is not the team's", { teams: [] }, ["account accountNotGranted"]],
    ["names no roles for the team", { teamPrincipals: {} }, ["account accountWithoutPrincipals"]],
    ["names a user instead of a role", { platformPrincipalArn: "arn:aws:iam::444455556666:user/bob" }, ["account accountPrincipal"]],
    ["has a key in another Region", { kmsKeyArn: "arn:aws:kms:us-east-1:444455556666:key/1" }, ["account accountWithoutKey"]],
    ["has too few zones", { zones: ["a", "b"] }, ["account accountZones"]],
  ])("refuses an account that %s", (_name, change, expected) =>
    expect(problems({ ...STANDARD, account: { ...TEST_ACCOUNT, ...change } })).toEqual(expected),
  );
});

describe("CreateClusterInput", () => {
  it.each(["", "A", "-a", "a-", "a_b", "a.b", "1a", "é", "a".repeat(41), "a\n"])("refuses the name %j", (name) => {
    expect(CreateClusterInput.safeParse({ ...STANDARD.input, name }).success).toBe(false);
  });
  it.each(["ab", "checkout-prod", "a".repeat(40)])("takes the name %j", (name) =>
    expect(CreateClusterInput.safeParse({ ...STANDARD.input, name }).success).toBe(true),
  );
  it("refuses fields it does not know", () =>
    expect(CreateClusterInput.safeParse({ ...STANDARD.input, region: "eu-west-1" }).success).toBe(false));
});

describe("cidr", () => {
  const block = (text: string): Cidr => parseCidr(text) ?? { first: -1, last: -1, prefix: -1 };
  it.each(["10.0.0.0", "10.0.0.0/33", "256.0.0.0/8", "010.0.0.0/8", "10.0.0.1/8", "::/0", "10.0.0.0/8 ", "a/8"])("refuses %j", (text) =>
    expect(parseCidr(text)).toBeNull(),
  );
  it("reads first and last address", () => expect(parseCidr("10.48.0.0/16")).toEqual({ first: 0x0a300000, last: 0x0a30ffff, prefix: 16 }));
  it("knows overlap and containment", () => {
    expect(overlaps(block("10.0.0.0/8"), block("10.48.0.0/16"))).toBe(true);
    expect(overlaps(block("10.0.0.0/16"), block("10.1.0.0/16"))).toBe(false);
    expect(contains(block("10.0.0.0/8"), block("10.48.0.0/16"))).toBe(true);
    expect(isPrivate(block("172.31.0.0/16"))).toBe(true);
    expect(isPrivate(block("172.32.0.0/16"))).toBe(false);
    expect(isRoutable(block("100.64.0.0/10"))).toBe(false);
  });
});
