import type { RuleMatch, VPCLattice } from "@aws-sdk/client-vpc-lattice";
import { account, otherAccount, type TestEmulator, testEmulator, vpcId } from "../../sandbox/lattice/testing/test-emulator.ts";
import { forwardTo, idOf, notFoundAction } from "../../sandbox/lattice/testing/test-resources.ts";

export const role = `arn:aws:iam::${account}:role/orders-client`;
export const stranger = `arn:aws:iam::${otherAccount}:role/stranger`;
export const otherVpc = "vpc-0a1b2c3d4e5f60718";
export const serviceTags = { tier: "gold" };
const delayNames = [
  "serviceCreate",
  "serviceDelete",
  "serviceAssociationCreate",
  "serviceAssociationDelete",
  "vpcAssociationCreate",
  "vpcAssociationUpdate",
  "vpcAssociationDelete",
  "targetGroupCreate",
  "targetGroupDelete",
  "targetInitial",
  "targetDraining",
] as const;

export type Statement = Record<string, unknown>;

/** An emulated AWS in which nothing takes time. */
export function startReachEmulator(): Promise<TestEmulator> {
  return testEmulator({ settings: { delaysMs: Object.fromEntries(delayNames.map((name) => [name, 0])) } });
}

/** A service `orders` on HTTP port 80 with two healthy targets, in a network that the caller's VPC is associated with; nobody asks for IAM. */
export async function buildScene(emulator: TestEmulator) {
  emulator.control.reset();
  const lattice = emulator.lattice();
  const network = idOf(await lattice.createServiceNetwork({ name: "net-prod" }));
  const service = idOf(await lattice.createService({ name: "orders", tags: serviceTags }));
  const group = await makeGroup(lattice, "k8s-payments-orders", ["10.2.0.1", "10.2.0.2"]);
  const listener = await makeListener(lattice, service);
  const place = { serviceIdentifier: service, listenerIdentifier: listener };
  const rule = await makeRule(lattice, place, { match: prefix("/"), groups: [[group, 1]] });
  const serviceAssociation = idOf(
    await lattice.createServiceNetworkServiceAssociation({ serviceIdentifier: service, serviceNetworkIdentifier: network }),
  );
  const vpcAssociation = idOf(
    await lattice.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: network, vpcIdentifier: vpcId }),
  );
  return {
    emulator,
    lattice,
    network,
    service,
    group,
    rule,
    place,
    serviceAssociation,
    vpcAssociation,
    makeGroup: (name: string, ips: readonly string[]) => makeGroup(lattice, name, ips),
    /** Another match and other groups for the one rule. */
    changeRule: async (change: { match?: RuleMatch; groups?: readonly (readonly [string, number])[] }) => {
      await lattice.updateRule({
        ...place,
        ruleIdentifier: rule,
        ...(change.match ? { match: change.match } : {}),
        ...(change.groups ? { action: forwardTo(...change.groups) } : {}),
      });
    },
    addRule: (given: { priority: number; match: RuleMatch; groups: readonly (readonly [string, number])[] }) =>
      makeRule(lattice, place, given),
    guardService: async (...statements: readonly Statement[]) => {
      await lattice.updateService({ serviceIdentifier: service, authType: "AWS_IAM" });
      await putPolicy(lattice, service, statements);
    },
    guardNetwork: async (...statements: readonly Statement[]) => {
      await lattice.updateServiceNetwork({ serviceNetworkIdentifier: network, authType: "AWS_IAM" });
      await putPolicy(lattice, network, statements);
    },
  };
}
export type Scene = Awaited<ReturnType<typeof buildScene>>;

export const prefix = (value: string, caseSensitive = true): RuleMatch => ({
  httpMatch: { pathMatch: { match: { prefix: value }, caseSensitive } },
});
export const exact = (value: string): RuleMatch => ({ httpMatch: { pathMatch: { match: { exact: value }, caseSensitive: true } } });
export const header = (name: string, value: string): RuleMatch => ({
  httpMatch: { headerMatches: [{ name, match: { exact: value }, caseSensitive: false }] },
});

async function putPolicy(lattice: VPCLattice, resourceIdentifier: string, statements: readonly Statement[]): Promise<void> {
  if (statements.length === 0) return;
  await lattice.putAuthPolicy({ resourceIdentifier, policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) });
}

async function makeGroup(lattice: VPCLattice, name: string, ips: readonly string[]): Promise<string> {
  const config = { port: 8080, protocol: "HTTP", vpcIdentifier: vpcId } as const;
  const targetGroupIdentifier = idOf(await lattice.createTargetGroup({ name, type: "IP", config }));
  if (ips.length > 0) await lattice.registerTargets({ targetGroupIdentifier, targets: ips.map((id) => ({ id, port: 8080 })) });
  return targetGroupIdentifier;
}

async function makeListener(lattice: VPCLattice, serviceIdentifier: string): Promise<string> {
  const input = { serviceIdentifier, name: "http-80", protocol: "HTTP", port: 80, defaultAction: notFoundAction } as const;
  return idOf(await lattice.createListener(input));
}

async function makeRule(
  lattice: VPCLattice,
  place: { serviceIdentifier: string; listenerIdentifier: string },
  { match, groups, priority = 10 }: { match: RuleMatch; groups: readonly (readonly [string, number])[]; priority?: number },
): Promise<string> {
  return idOf(await lattice.createRule({ ...place, name: `k8s-rule-${priority}`, priority, match, action: forwardTo(...groups) }));
}
