import { request } from "node:http";
import { paginateListServices, paginateListTargetGroups } from "@aws-sdk/client-vpc-lattice";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { account, otherAccount, region, type TestEmulator, testEmulator, vpcId } from "./testing/test-emulator.ts";
import { forwardTo, idOf, notFoundAction, pathPrefix, testResources } from "./testing/test-resources.ts";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await testEmulator();
});
afterEach(() => emulator.stop());

describe("the Lattice API through the SDK", () => {
  it("takes a route from nothing to a healthy target in the controller's order", async () => {
    const lattice = emulator.lattice();
    const network = await lattice.createServiceNetwork({ name: "net-prod" });
    const config = { port: 80, protocol: "HTTP", protocolVersion: "HTTP1", ipAddressType: "IPV4", vpcIdentifier: vpcId } as const;
    const group = await lattice.createTargetGroup({ name: "k8s-payments-orders", type: "IP", config });
    const targets = [
      { id: "10.2.0.1", port: 8080 },
      { id: "10.2.0.2", port: 8080 },
    ];
    const targetGroupIdentifier = idOf(group);
    expect(group.status).toBe("CREATE_IN_PROGRESS");
    await expect(lattice.registerTargets({ targetGroupIdentifier, targets })).rejects.toMatchObject({
      name: "ConflictException",
      message: "TargetGroup is in CREATE_IN_PROGRESS state",
    });
    const service = await lattice.createService({ name: "t1-orders" });
    const serviceIdentifier = idOf(service);
    const associate = () => lattice.createServiceNetworkServiceAssociation({ serviceIdentifier, serviceNetworkIdentifier: network.arn });
    await expect(associate()).rejects.toMatchObject({ message: `Service ${serviceIdentifier} is in CREATE_IN_PROGRESS state` });

    emulator.pass(20_000);
    await lattice.registerTargets({ targetGroupIdentifier, targets });
    const association = await associate();
    expect(association).toMatchObject({ status: "CREATE_IN_PROGRESS", createdBy: account, dnsEntry: service.dnsEntry });
    expect((await lattice.listTargets({ targetGroupIdentifier })).items?.map((one) => one.status)).toEqual(["UNUSED", "UNUSED"]);
    const listener = await lattice.createListener({
      serviceIdentifier,
      name: "orders-80",
      port: 80,
      protocol: "HTTP",
      defaultAction: notFoundAction,
    });
    const listenerIdentifier = idOf(listener);
    const action = forwardTo([targetGroupIdentifier, 90]);
    const rule = await lattice.createRule({
      serviceIdentifier,
      listenerIdentifier,
      name: "k8s-1",
      priority: 1,
      match: pathPrefix("/"),
      action,
    });
    const rules = await lattice.listRules({ serviceIdentifier, listenerIdentifier });
    expect(rules.items?.map(({ name, isDefault, priority }) => ({ name, isDefault, priority }))).toEqual([
      { name: "default", isDefault: true, priority: undefined },
      { name: "k8s-1", isDefault: false, priority: 1 },
    ]);
    expect((await lattice.getRule({ serviceIdentifier, listenerIdentifier, ruleIdentifier: rule.id })).action).toEqual(action);
    expect((await lattice.getTargetGroup({ targetGroupIdentifier })).serviceArns).toEqual([service.arn]);
    expect((await lattice.listTargets({ targetGroupIdentifier })).items?.[0]).toMatchObject({ status: "INITIAL" });

    emulator.pass(60_000);
    expect((await lattice.listTargets({ targetGroupIdentifier: group.arn })).items).toEqual(
      targets.map((target) => ({ ...target, status: "HEALTHY" })),
    );
    const associations = await lattice.listServiceNetworkServiceAssociations({ serviceNetworkIdentifier: network.id });
    expect(associations.items).toMatchObject([
      {
        status: "ACTIVE",
        serviceName: "t1-orders",
        serviceArn: service.arn,
        serviceNetworkName: "net-prod",
        serviceNetworkArn: network.arn,
      },
    ]);
  });

  it("gives dates as dates, ids and names as AWS shapes them", async () => {
    const lattice = emulator.lattice();
    await testResources(emulator).service("orders");
    const [service] = (await lattice.listServices({})).items ?? [];
    expect(service?.createdAt).toEqual(new Date("2026-11-22T12:00:00.000Z"));
    expect(service?.id).toMatch(/^svc-[0-9a-z]{17}$/);
    expect(service?.arn).toBe(`arn:aws:vpc-lattice:${region}:${account}:service/${service?.id ?? ""}`);
    expect(service?.dnsEntry?.domainName).toMatch(/^orders-[0-9a-z]{17}\.7d67968\.vpc-lattice-svcs\.ap-northeast-1\.on\.aws$/);
  });

  it("walks the SDK's paginators through every page, each record once", async () => {
    const lattice = emulator.lattice();
    for (let number = 0; number < 7; number++) await lattice.createService({ name: `service-${number}` });
    const pages: number[] = [];
    const names: (string | undefined)[] = [];
    for await (const page of paginateListServices({ client: lattice, pageSize: 3 }, {})) {
      pages.push(page.items?.length ?? 0);
      names.push(...(page.items ?? []).map((service) => service.name));
    }
    expect(pages).toEqual([3, 3, 1]);
    expect(names).toEqual([0, 1, 2, 3, 4, 5, 6].map((number) => `service-${number}`));
  });

  it("loses no record of the next page when one of the page before is deleted meanwhile", async () => {
    const lattice = emulator.lattice();
    const make = testResources(emulator);
    const first = await make.group("group-a");
    for (const name of ["group-b", "group-c"]) await make.group(name);
    const seen: (string | undefined)[] = [];
    for await (const page of paginateListTargetGroups({ client: lattice, pageSize: 1 }, {})) {
      seen.push(page.items?.[0]?.name);
      if (seen.length !== 1) continue;
      await lattice.deleteTargetGroup({ targetGroupIdentifier: first });
      emulator.pass(60_000);
    }
    expect(seen).toEqual(["group-a", "group-b", "group-c"]);
  });

  it("refuses a page token of another list and a page size out of range", async () => {
    const lattice = emulator.lattice();
    for (const name of ["one-a", "one-b"]) await lattice.createService({ name });
    const { nextToken } = await lattice.listServices({ maxResults: 1 });
    await expect(lattice.listTargetGroups({ nextToken })).rejects.toMatchObject({ name: "ValidationException" });
    await expect(lattice.listServices({ maxResults: 101 })).rejects.toMatchObject({
      name: "ValidationException",
      reason: "fieldValidationFailed",
      fieldList: [{ name: "maxResults" }],
    });
  });

  it("throws the SDK's typed errors with their fields", async () => {
    const lattice = emulator.lattice();
    await expect(lattice.getService({ serviceIdentifier: "svc-00000000000000000" })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      resourceId: "svc-00000000000000000",
      resourceType: "SERVICE",
      $metadata: { httpStatusCode: 404 },
    });
  });

  it("keeps accounts and Regions apart and shows nobody another account's resources, not even by ARN", async () => {
    const id = await testResources(emulator).service("orders");
    const { arn } = await emulator.lattice().getService({ serviceIdentifier: id });
    expect((await emulator.lattice("AKIAPORTAL").listServices({})).items).toEqual([]);
    expect((await emulator.lattice("AKIAMGMT", "us-west-2").listServices({})).items).toEqual([]);
    await expect(emulator.lattice("AKIAPORTAL").getService({ serviceIdentifier: arn })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await emulator.lattice("AKIAPORTAL").createService({ name: "orders" });
    expect((await emulator.lattice("AKIAPORTAL").listServices({})).items?.[0]?.arn).toContain(`:${otherAccount}:`);
    expect((await emulator.lattice("AKIACHECKOUT").listServices({})).items?.map((service) => service.arn)).toEqual([arn]);
  });

  it("answers the same create twice with the same token, and refuses the token for another request", async () => {
    const lattice = emulator.lattice();
    const create = (name: string) => lattice.createService({ name, clientToken: "token-1" });
    const first = await create("orders");
    expect((await create("orders")).id).toBe(first.id);
    await expect(create("ledger")).rejects.toMatchObject({ name: "ConflictException" });
    emulator.pass(3_600_000);
    await expect(create("orders")).rejects.toMatchObject({ message: "Service with name orders already exists" });
  });

  it("refuses credentials that are absent or unknown", async () => {
    await expect(emulator.lattice("AKIANOBODY").listServices({})).rejects.toMatchObject({
      name: "UnrecognizedClientException",
      $metadata: { httpStatusCode: 403 },
    });
    expect((await fetch(`${emulator.url}/services`)).status).toBe(403);
  });

  it("says so when an operation is none of its own", async () => {
    await expect(emulator.lattice().listDomainVerifications({})).rejects.toMatchObject({ name: "UnknownOperationException" });
    expect((await emulator.lattice().listResourceGateways({})).items).toEqual([]);
  });

  it("listens on the loopback only and refuses a body beyond a megabyte", async () => {
    expect(new URL(emulator.url).hostname).toBe("127.0.0.1");
    const status = await new Promise((done) => {
      const sent = request(`${emulator.url}/services`, { method: "POST" }, (response) => done(response.statusCode));
      sent.on("error", done);
      sent.end("x".repeat(1_048_577));
    });
    expect(status).toBe(413);
  });
});
