import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestEmulator, testEmulator, vpcId } from "../testing/test-emulator.ts";
import { forwardTo, notFoundAction, pathPrefix, testResources } from "../testing/test-resources.ts";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await testEmulator();
});
afterEach(() => emulator.stop());

const make = () => testResources(emulator);
const conflict = (message: string | RegExp) => ({ name: "ConflictException", message: expect.stringMatching(message) as string });

describe("names and ports", () => {
  it("are unique: service, network, target group, listener name and port, rule name, priority and match", async () => {
    const lattice = emulator.lattice();
    const { service, listener, group } = await make().route("orders");
    await make().network("net-prod");
    await expect(lattice.createService({ name: "orders" })).rejects.toMatchObject(conflict("Service with name orders already exists"));
    await expect(make().network("net-prod")).rejects.toMatchObject(conflict("already exists"));
    await expect(make().group("k8s-orders")).rejects.toMatchObject(conflict("already exists"));
    await expect(make().listener(service, "orders-80", 81)).rejects.toMatchObject(conflict("Listener name orders-80 is in use"));
    await expect(make().listener(service, "another", 80)).rejects.toMatchObject(conflict("Listener port 80 is in use"));
    const rule = (name: string, priority: number, prefix: string) =>
      lattice.createRule({
        serviceIdentifier: service,
        listenerIdentifier: listener,
        name,
        priority,
        match: pathPrefix(prefix),
        action: forwardTo([group, 1]),
      });
    await expect(rule("another", 1, "/x")).rejects.toMatchObject(conflict("Priority 1 is in use"));
    await expect(rule("k8s-rule-1", 2, "/x")).rejects.toMatchObject(conflict("Rule name k8s-rule-1 is in use"));
    await expect(rule("another", 2, "/")).rejects.toMatchObject(conflict("A rule with the same match exists"));
  });

  it("are free again once the deletion is through, not before", async () => {
    const lattice = emulator.lattice();
    const serviceIdentifier = await make().service("orders");
    expect((await lattice.deleteService({ serviceIdentifier })).status).toBe("DELETE_IN_PROGRESS");
    await expect(lattice.createService({ name: "orders" })).rejects.toMatchObject(conflict("already exists"));
    emulator.pass(60_000);
    await expect(lattice.getService({ serviceIdentifier })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await make().service("orders");
  });
});

describe("one service per target group", () => {
  it("refuses a second service in a rule, an update and a default action, with the words of Lattice", async () => {
    const lattice = emulator.lattice();
    const { group } = await make().route("orders");
    const { arn } = await lattice.getTargetGroup({ targetGroupIdentifier: group });
    const second = await make().route("ledger");
    const place = { serviceIdentifier: second.service, listenerIdentifier: second.listener };
    const refusal = conflict(`^TargetGroup ${arn ?? ""} has been associated with other services$`);
    await expect(make().rule(place, { priority: 2, groups: [[group, 1]] })).rejects.toMatchObject(refusal);
    await expect(
      lattice.updateRule({ ...place, ruleIdentifier: second.rule, action: forwardTo([second.group, 50], [group, 50]) }),
    ).rejects.toMatchObject(refusal);
    await expect(lattice.updateListener({ ...place, defaultAction: forwardTo([group, 1]) })).rejects.toMatchObject(refusal);
    expect((await lattice.getTargetGroup({ targetGroupIdentifier: group })).serviceArns).toHaveLength(1);
  });

  it("frees a group when the last rule that names it goes, changes, or goes with its listener or service", async () => {
    const lattice = emulator.lattice();
    const isFree = async (targetGroupIdentifier: string) =>
      (await lattice.getTargetGroup({ targetGroupIdentifier })).serviceArns?.length === 0;
    const a = await make().route("service-a");
    const b = await make().route("service-b");
    const c = await make().route("service-c");
    const d = await make().route("service-d");
    await lattice.deleteRule({ serviceIdentifier: a.service, listenerIdentifier: a.listener, ruleIdentifier: a.rule });
    await lattice.updateRule({
      serviceIdentifier: b.service,
      listenerIdentifier: b.listener,
      ruleIdentifier: b.rule,
      action: notFoundAction,
    });
    await lattice.deleteListener({ serviceIdentifier: c.service, listenerIdentifier: c.listener });
    expect(await Promise.all([isFree(a.group), isFree(b.group), isFree(c.group), isFree(d.group)])).toEqual([true, true, true, false]);
    await lattice.deleteService({ serviceIdentifier: d.service });
    expect(await isFree(d.group)).toBe(true);
  });
});

describe("associations", () => {
  it("exist once between a service and a network, and while they exist neither can be deleted", async () => {
    const lattice = emulator.lattice();
    const service = await make().service();
    const network = await make().network();
    const association = await make().association(service, network);
    await expect(make().association(service, network)).rejects.toMatchObject(conflict("already associated"));
    const deleteService = () => lattice.deleteService({ serviceIdentifier: service });
    await expect(deleteService()).rejects.toMatchObject(conflict("Service has service network associations"));
    await expect(lattice.deleteServiceNetwork({ serviceNetworkIdentifier: network })).rejects.toMatchObject(conflict("has associations"));
    const deletion = await lattice.deleteServiceNetworkServiceAssociation({ serviceNetworkServiceAssociationIdentifier: association });
    expect(deletion.status).toBe("DELETE_IN_PROGRESS");
    await expect(deleteService()).rejects.toMatchObject(conflict("Service has service network associations"));
    emulator.pass(60_000);
    await deleteService();
    await lattice.deleteServiceNetwork({ serviceNetworkIdentifier: network });
    expect((await lattice.listServiceNetworks({})).items).toEqual([]);
  });

  it("join a VPC to one network, update and delete in their own time, and count in the network", async () => {
    const lattice = emulator.lattice();
    const network = await make().network();
    const other = await make().network("net-other");
    const created = await lattice.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: network, vpcIdentifier: vpcId });
    const identifier = { serviceNetworkVpcAssociationIdentifier: created.id };
    const update = (securityGroupIds: string[]) => lattice.updateServiceNetworkVpcAssociation({ ...identifier, securityGroupIds });
    await expect(update(["sg-0a1b2c3d4e5f60718"])).rejects.toMatchObject(conflict("CREATE_IN_PROGRESS"));
    await expect(
      lattice.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: other, vpcIdentifier: vpcId }),
    ).rejects.toMatchObject(conflict(`VPC ${vpcId} is already associated`));
    expect((await lattice.getServiceNetwork({ serviceNetworkIdentifier: network })).numberOfAssociatedVPCs).toBe(1);
    emulator.pass(60_000);
    expect((await update(["sg-0a1b2c3d4e5f60718"])).status).toBe("UPDATE_IN_PROGRESS");
    emulator.pass(60_000);
    expect(await lattice.getServiceNetworkVpcAssociation(identifier)).toMatchObject({
      status: "ACTIVE",
      securityGroupIds: ["sg-0a1b2c3d4e5f60718"],
    });
    await lattice.deleteServiceNetworkVpcAssociation(identifier);
    emulator.pass(60_000);
    expect((await lattice.listServiceNetworkVpcAssociations({ vpcIdentifier: vpcId })).items).toEqual([]);
  });

  it("are listed only with a filter", async () => {
    const lattice = emulator.lattice();
    await expect(lattice.listServiceNetworkServiceAssociations({})).rejects.toMatchObject({ name: "ValidationException" });
    await expect(lattice.listServiceNetworkVpcAssociations({})).rejects.toMatchObject({ name: "ValidationException" });
  });
});

describe("deleting a target group", () => {
  it("waits for its service, then its targets, then their draining", async () => {
    const lattice = emulator.lattice();
    const { service, listener, group, rule } = await make().route();
    const remove = () => lattice.deleteTargetGroup({ targetGroupIdentifier: group });
    await expect(remove()).rejects.toMatchObject(conflict(`is in use by service ${service}`));
    await lattice.deregisterTargets({ targetGroupIdentifier: group, targets: [{ id: "10.2.0.1", port: 8080 }] });
    await lattice.deleteRule({ serviceIdentifier: service, listenerIdentifier: listener, ruleIdentifier: rule });
    await expect(remove()).rejects.toMatchObject(conflict("has draining targets"));
    emulator.pass(60_000);
    await lattice.registerTargets({ targetGroupIdentifier: group, targets: [{ id: "10.2.0.9" }] });
    await expect(remove()).rejects.toMatchObject(conflict("has registered targets"));
    await lattice.deregisterTargets({ targetGroupIdentifier: group, targets: [{ id: "10.2.0.9" }] });
    await remove();
    emulator.pass(60_000);
    await expect(remove()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("policies and access logs", () => {
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*" }],
  });

  it("keep a policy inactive until the auth type asks for it, and let it go only when that is NONE again", async () => {
    const lattice = emulator.lattice();
    const resourceIdentifier = await make().service();
    await expect(lattice.getAuthPolicy({ resourceIdentifier })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    expect(await lattice.putAuthPolicy({ resourceIdentifier, policy })).toMatchObject({ policy, state: "Inactive" });
    await lattice.updateService({ serviceIdentifier: resourceIdentifier, authType: "AWS_IAM" });
    expect(await lattice.getAuthPolicy({ resourceIdentifier })).toMatchObject({ policy, state: "Active" });
    await expect(lattice.deleteAuthPolicy({ resourceIdentifier })).rejects.toMatchObject({ name: "ConflictException" });
    await lattice.updateService({ serviceIdentifier: resourceIdentifier, authType: "NONE" });
    await lattice.deleteAuthPolicy({ resourceIdentifier });
    await expect(lattice.getAuthPolicy({ resourceIdentifier })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  it("serve networks as well, by ARN", async () => {
    const lattice = emulator.lattice();
    const { arn } = await lattice.createServiceNetwork({ name: "net-prod", authType: "AWS_IAM" });
    expect(await lattice.putAuthPolicy({ resourceIdentifier: arn, policy })).toMatchObject({ state: "Active" });
  });

  it("allow one access log of each destination type and drop them with the service", async () => {
    const lattice = emulator.lattice();
    const resourceIdentifier = await make().service();
    const subscribe = (destinationArn: string) => lattice.createAccessLogSubscription({ resourceIdentifier, destinationArn });
    const bucket = await subscribe("arn:aws:s3:::access-logs-of-orders");
    await expect(subscribe("arn:aws:s3:::another-bucket-of-logs")).rejects.toMatchObject({ name: "ConflictException" });
    await subscribe("arn:aws:logs:ap-northeast-1:333344445555:log-group:/lattice/orders:*");
    const identifier = { accessLogSubscriptionIdentifier: bucket.id };
    await lattice.updateAccessLogSubscription({ ...identifier, destinationArn: "arn:aws:s3:::another-bucket-of-logs" });
    expect((await lattice.getAccessLogSubscription(identifier)).destinationArn).toBe("arn:aws:s3:::another-bucket-of-logs");
    expect((await lattice.listAccessLogSubscriptions({ resourceIdentifier })).items).toHaveLength(2);
    await lattice.deleteService({ serviceIdentifier: resourceIdentifier });
    emulator.pass(60_000);
    expect((await lattice.listAccessLogSubscriptions({ resourceIdentifier })).items).toEqual([]);
  });
});
