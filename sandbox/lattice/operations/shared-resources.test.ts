import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { account, otherAccount, type TestEmulator, testEmulator, vpcId } from "../testing/test-emulator.ts";
import { forwardTo, idOf, notFoundAction, testResources } from "../testing/test-resources.ts";

const minute = 60_000;
const teamVpc = "vpc-0a1b2c3d4e5f60718";
let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await testEmulator();
});
afterEach(() => emulator.stop());

/** A network of the platform's account and a live service in it; a team's account that both may be shared with. */
async function scene() {
  const [owner, team] = [emulator.lattice(), emulator.lattice("AKIAPORTAL")];
  const make = testResources(emulator, owner);
  const network = await make.network();
  const route = await make.route();
  await make.association(route.service, network);
  const { arn: networkArn = "" } = await owner.getServiceNetwork({ serviceNetworkIdentifier: network });
  const { arn: serviceArn = "", dnsEntry } = await owner.getService({ serviceIdentifier: route.service });
  const share = (arn: string, status: "PENDING" | "ACCEPTED" = "ACCEPTED") =>
    emulator.control.putShare({ arn, account: otherAccount, status });
  return { owner, team, network, networkArn, serviceArn, route, share, host: dnsEntry?.domainName ?? "" };
}

describe("a service network shared through RAM", () => {
  it("is not there for the other account until the share is accepted", async () => {
    const { team, networkArn, share } = await scene();
    const seen = async () => (await team.listServiceNetworks({})).items?.map(({ arn }) => arn);
    expect(await seen()).toEqual([]);
    share(networkArn, "PENDING");
    expect(await seen()).toEqual([]);
    await expect(team.getServiceNetwork({ serviceNetworkIdentifier: networkArn })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    share(networkArn);
    expect(await seen()).toEqual([networkArn]);
    expect(await team.getServiceNetwork({ serviceNetworkIdentifier: networkArn })).toMatchObject({ numberOfAssociatedServices: 1 });
    emulator.control.removeShare({ arn: networkArn, account: otherAccount });
    expect(await seen()).toEqual([]);
  });
  it("takes VPCs of the other account, by its ARN only, and both accounts see the association", async () => {
    const { owner, team, network, networkArn, share, host } = await scene();
    share(networkArn);
    const associate = (serviceNetworkIdentifier: string) =>
      team.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier, vpcIdentifier: teamVpc });
    await expect(associate(network)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    const { arn = "" } = await associate(networkArn);
    emulator.pass(minute);
    expect(arn.split(":")[4]).toBe(otherAccount);
    for (const lattice of [owner, team]) {
      const { items } = await lattice.listServiceNetworkVpcAssociations({ serviceNetworkIdentifier: networkArn });
      expect(items).toMatchObject([{ arn, vpcId: teamVpc, createdBy: otherAccount, serviceNetworkArn: networkArn, status: "ACTIVE" }]);
    }
    const carried = await emulator.control.carry({ callerVpcId: teamVpc, host, port: 80 });
    expect(carried).toMatchObject({ outcome: "answered", status: 200 });
    await expect(
      owner.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: network, vpcIdentifier: teamVpc }),
    ).rejects.toMatchObject({
      name: "ConflictException",
    });
  });
  it("keeps its VPCs to itself and its policy closed, but shows its services", async () => {
    const { owner, team, network, networkArn, serviceArn, share } = await scene();
    share(networkArn);
    await owner.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: network, vpcIdentifier: vpcId });
    const of = { serviceNetworkIdentifier: networkArn };
    expect((await team.listServiceNetworkVpcAssociations(of)).items).toEqual([]);
    expect((await team.listServiceNetworkServiceAssociations(of)).items).toMatchObject([{ serviceArn, createdBy: account }]);
    await expect(team.getAuthPolicy({ resourceIdentifier: networkArn })).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(team.deleteServiceNetwork(of)).rejects.toMatchObject({ name: "AccessDeniedException" });
  });
  it("takes services of the other account, and the policies of those see their tags", async () => {
    const { owner, team, network, networkArn, share } = await scene();
    share(networkArn);
    const { id: serviceIdentifier, dnsEntry } = await team.createService({ name: "ledger", authType: "AWS_IAM", tags: { tier: "gold" } });
    emulator.pass(minute);
    const statement = {
      Effect: "Allow",
      Principal: "*",
      Action: "*",
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceTag/tier": "gold" } },
    };
    await team.putAuthPolicy({
      resourceIdentifier: serviceIdentifier,
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    });
    const group = idOf(await team.createTargetGroup({ name: "ledger", type: "LAMBDA" }));
    emulator.pass(minute);
    await team.registerTargets({
      targetGroupIdentifier: group,
      targets: [{ id: `arn:aws:lambda:ap-northeast-1:${otherAccount}:function:ledger` }],
    });
    await team.createListener({ serviceIdentifier, name: "http-80", protocol: "HTTP", port: 80, defaultAction: forwardTo([group, 1]) });
    await team.createServiceNetworkServiceAssociation({ serviceIdentifier, serviceNetworkIdentifier: networkArn });
    await owner.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: network, vpcIdentifier: vpcId });
    emulator.pass(minute);
    expect((await team.listTargets({ targetGroupIdentifier: group })).items).toMatchObject([
      { status: "UNAVAILABLE", reasonCode: "HealthCheckNotSupported" },
    ]);
    const carried = await emulator.control.carry({ callerVpcId: vpcId, host: dnsEntry?.domainName ?? "", port: 80 });
    expect(carried).toMatchObject({ status: 200, way: { target: { port: null, status: "UNAVAILABLE" } } });
    const { items } = await owner.listServiceNetworkServiceAssociations({ serviceNetworkIdentifier: network });
    expect(items?.map(({ serviceName }) => serviceName).sort()).toEqual(["ledger", "orders"]);
  });
});

describe("a service shared through RAM", () => {
  it("is listed with its owner's ARN, and nothing inside it can be read", async () => {
    const { team, serviceArn, share } = await scene();
    share(serviceArn);
    expect((await team.listServices({})).items).toMatchObject([{ arn: serviceArn, name: "orders" }]);
    expect(await team.getService({ serviceIdentifier: serviceArn })).toMatchObject({ name: "orders" });
    const inside = [
      team.listListeners({ serviceIdentifier: serviceArn }),
      team.listRules({ serviceIdentifier: serviceArn, listenerIdentifier: "listener-00000000000000000" }),
      team.getAuthPolicy({ resourceIdentifier: serviceArn }),
      team.updateService({ serviceIdentifier: serviceArn, authType: "NONE" }),
    ];
    for (const call of inside) await expect(call).rejects.toMatchObject({ name: "AccessDeniedException" });
    expect((await team.listTargetGroups({})).items).toEqual([]);
  });
  it("is associated by the other account with a network of its own, never with one that is shared too", async () => {
    const { team, owner, networkArn, serviceArn, share, host } = await scene();
    share(serviceArn);
    const own = idOf(await team.createServiceNetwork({ name: "net-team" }));
    await team.createServiceNetworkServiceAssociation({ serviceIdentifier: serviceArn, serviceNetworkIdentifier: own });
    await team.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: own, vpcIdentifier: teamVpc });
    emulator.pass(minute);
    expect(await emulator.control.carry({ callerVpcId: teamVpc, host, port: 80 })).toMatchObject({ status: 200 });
    expect((await owner.listServiceNetworkServiceAssociations({ serviceIdentifier: serviceArn })).items).toHaveLength(2);
    await expect(owner.deleteService({ serviceIdentifier: serviceArn })).rejects.toMatchObject({ name: "ConflictException" });
    share(networkArn);
    await expect(
      team.createServiceNetworkServiceAssociation({ serviceIdentifier: serviceArn, serviceNetworkIdentifier: networkArn }),
    ).rejects.toMatchObject({ name: "ValidationException" });
  });
  it("pages through resources of several accounts without losing one", async () => {
    const { team, serviceArn, share } = await scene();
    share(serviceArn);
    for (const name of ["one", "two", "three"]) await team.createService({ name });
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await team.listServices({ maxResults: 1, ...(nextToken === undefined ? {} : { nextToken }) });
      names.push(...(page.items ?? []).map(({ name }) => name));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(names.sort()).toEqual(["one", "orders", "three", "two"]);
  });
});

it("remembers shares over a restart", async () => {
  const { team, serviceArn, share } = await scene();
  share(serviceArn);
  await emulator.restart();
  expect(emulator.control.shares()).toEqual([{ arn: serviceArn, account: otherAccount, status: "ACCEPTED" }]);
  team.destroy();
});

it("answers EC2, ALB and Lambda groups with the health AWS gives them", async () => {
  const lattice = emulator.lattice();
  const make = testResources(emulator, lattice);
  const serviceIdentifier = await make.service("legacy");
  const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpcId } as const;
  const groups = [
    { type: "INSTANCE", config, target: { id: "i-0123456789abcdef0" } },
    {
      type: "ALB",
      config,
      target: { id: `arn:aws:elasticloadbalancing:ap-northeast-1:${account}:loadbalancer/app/legacy/0123456789abcdef` },
    },
    { type: "LAMBDA", target: { id: `arn:aws:lambda:ap-northeast-1:${account}:function:legacy` } },
  ] as const;
  const ids: string[] = [];
  for (const { type, target, ...more } of groups) {
    const id = idOf(await lattice.createTargetGroup({ name: `legacy-${type.toLowerCase()}`, type, ...more }));
    emulator.pass(minute);
    await lattice.registerTargets({ targetGroupIdentifier: id, targets: [target] });
    ids.push(id);
  }
  const action = forwardTo(...ids.map((id) => [id, 1] as const));
  const listenerIdentifier = idOf(
    await lattice.createListener({ serviceIdentifier, name: "http-80", protocol: "HTTP", port: 80, defaultAction: notFoundAction }),
  );
  await lattice.updateListener({ serviceIdentifier, listenerIdentifier, defaultAction: action });
  emulator.pass(minute);
  const seen = await Promise.all(
    ids.map(async (targetGroupIdentifier) => (await lattice.listTargets({ targetGroupIdentifier })).items?.[0]),
  );
  expect(seen.map((target) => [target?.status, target?.reasonCode, target?.port])).toEqual([
    ["HEALTHY", undefined, 80],
    ["UNAVAILABLE", "HealthCheckNotSupported", 80],
    ["UNAVAILABLE", "HealthCheckNotSupported", undefined],
  ]);
});
