import type { RuleMatch } from "@aws-sdk/client-vpc-lattice";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { QuotaName } from "../lattice-settings.ts";
import { type TestEmulator, testEmulator, vpcId } from "../testing/test-emulator.ts";
import { forwardTo, idOf, notFoundAction, pathPrefix, testResources } from "../testing/test-resources.ts";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await testEmulator();
});
afterEach(() => emulator.stop());

const make = () => testResources(emulator);
const invalid = { name: "ValidationException", $metadata: { httpStatusCode: 400 } };

describe("quotas", () => {
  const limit = (quota: QuotaName, value: number) => emulator.control.changeSettings({ quotas: { [quota]: value } });
  const exceeded = { name: "ServiceQuotaExceededException", serviceCode: "vpc-lattice", $metadata: { httpStatusCode: 402 } };

  it("begin at what AWS documents", () => {
    expect(emulator.control.settings().quotas).toEqual({
      serviceNetworksPerRegion: 50,
      servicesPerRegion: 2_000,
      servicesPerNetwork: 500,
      vpcAssociationsPerNetwork: 500,
      listenersPerService: 2,
      rulesPerListener: 10,
      targetGroupsPerService: 10,
      targetGroupsPerRegion: 500,
      targetsPerTargetGroup: 1_000,
    });
  });

  it("stop the eleventh rule and the third listener, and leave the first ones live", async () => {
    const service = await make().service();
    const listener = await make().listener(service);
    const place = { serviceIdentifier: service, listenerIdentifier: listener };
    for (let priority = 1; priority <= 10; priority++) await make().rule(place, { priority });
    await expect(make().rule(place, { priority: 11 })).rejects.toMatchObject({ ...exceeded, resourceType: "RULE" });
    expect((await emulator.lattice().listRules(place)).items).toHaveLength(11);
    await make().listener(service, "second", 81);
    await expect(make().listener(service, "third", 82)).rejects.toMatchObject({ ...exceeded, resourceType: "LISTENER" });
  });

  it("count services, networks, target groups and associations", async () => {
    for (const quota of ["servicesPerRegion", "serviceNetworksPerRegion", "targetGroupsPerRegion"] as const) limit(quota, 2);
    limit("servicesPerNetwork", 1);
    limit("vpcAssociationsPerNetwork", 1);
    const [first, second] = [await make().service("one-a"), await make().service("one-b")];
    const network = await make().network("net-a");
    await make().network("net-b");
    await make().group("group-a");
    await make().group("group-b");
    await make().association(first, network);
    const join = (vpcIdentifier: string) =>
      emulator.lattice().createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: network, vpcIdentifier });
    await join(vpcId);
    await expect(make().service("one-c")).rejects.toMatchObject(exceeded);
    await expect(make().network("net-c")).rejects.toMatchObject(exceeded);
    await expect(make().group("group-c")).rejects.toMatchObject(exceeded);
    await expect(make().association(second, network)).rejects.toMatchObject(exceeded);
    await expect(join("vpc-0a1b2c3d4e5f60718")).rejects.toMatchObject(exceeded);
  });

  it("count the groups of a service after the change, so that one may take another's place", async () => {
    limit("targetGroupsPerService", 2);
    const service = await make().service();
    const place = { serviceIdentifier: service, listenerIdentifier: await make().listener(service) };
    const [a, b, c] = [await make().group("group-a"), await make().group("group-b"), await make().group("group-c")];
    const ruleIdentifier = await make().rule(place, { priority: 1, groups: [[a, 1]] });
    await make().rule(place, { priority: 2, groups: [[b, 1]] });
    await expect(make().rule(place, { priority: 3, groups: [[c, 1]] })).rejects.toMatchObject(exceeded);
    await emulator.lattice().updateRule({ ...place, ruleIdentifier, action: forwardTo([c, 1]) });
  });

  it("count targets, those already registered once", async () => {
    limit("targetsPerTargetGroup", 2);
    const targetGroupIdentifier = await make().group();
    const register = (...ids: string[]) =>
      emulator.lattice().registerTargets({ targetGroupIdentifier, targets: ids.map((id) => ({ id, port: 8080 })) });
    await register("10.0.0.1", "10.0.0.2");
    await register("10.0.0.1", "10.0.0.2");
    await expect(register("10.0.0.3")).rejects.toMatchObject(exceeded);
  });
});

describe("field limits", () => {
  it.each(["ab", "a".repeat(41), "Orders", "-orders", "orders-", "or--ders", "svc-orders", "or_ders"])(
    "refuse the service name %s",
    async (name) => {
      await expect(emulator.lattice().createService({ name })).rejects.toMatchObject({
        ...invalid,
        fieldList: expect.arrayContaining([expect.objectContaining({ name: "name" })]) as unknown,
      });
    },
  );

  it("take names of the longest length of each kind and not one more", async () => {
    await make().service("s".repeat(40));
    await make().network("n".repeat(63));
    await make().group("g".repeat(128));
    await expect(make().network("n".repeat(64))).rejects.toMatchObject(invalid);
    await expect(make().group("g".repeat(129))).rejects.toMatchObject(invalid);
  });

  it("hold weights to 0–999, groups to 1–10, priorities to 1–2000 and fixed answers to 404 and 500", async () => {
    const service = await make().service();
    const place = { serviceIdentifier: service, listenerIdentifier: await make().listener(service) };
    const group = await make().group();
    const rule = (groups: (readonly [string, number])[], priority = 1) => make().rule(place, { priority, groups, path: "/x" });
    for (const weight of [-1, 1_000, 5_000]) await expect(rule([[group, weight]])).rejects.toMatchObject(invalid);
    await expect(rule([])).rejects.toMatchObject(invalid);
    await expect(rule(Array.from({ length: 11 }, (_, n) => [`tg-0000000000000000${n}`, 1]))).rejects.toMatchObject(invalid);
    for (const priority of [0, 2_001]) await expect(rule([[group, 1]], priority)).rejects.toMatchObject(invalid);
    const id = await rule([[group, 999]], 2_000);
    const update = (statusCode: number) =>
      emulator.lattice().updateRule({ ...place, ruleIdentifier: id, action: { fixedResponse: { statusCode } } });
    await expect(update(403)).rejects.toMatchObject(invalid);
    await update(500);
  });

  it("keep a rule to one method, one path of legal characters and five headers", async () => {
    const service = await make().service();
    const place = { serviceIdentifier: service, listenerIdentifier: await make().listener(service) };
    const create = (match: RuleMatch) =>
      emulator.lattice().createRule({ ...place, name: "k8s-1", priority: 1, match, action: notFoundAction });
    const headers = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `x-${n}`, match: { exact: "true" } }));
    await expect(create({ httpMatch: {} })).rejects.toMatchObject(invalid);
    await expect(create(pathPrefix("no-slash"))).rejects.toMatchObject(invalid);
    await expect(create(pathPrefix("/with space"))).rejects.toMatchObject(invalid);
    await expect(create(pathPrefix(`/${"a".repeat(200)}`))).rejects.toMatchObject(invalid);
    await expect(create({ httpMatch: { headerMatches: headers(6) } })).rejects.toMatchObject(invalid);
    const { id } = await create({ httpMatch: { method: "GET", headerMatches: headers(5) } });
    const rule = await emulator.lattice().getRule({ ...place, ruleIdentifier: id });
    expect(rule.match).toEqual({
      httpMatch: { method: "GET", headerMatches: headers(5).map((header) => ({ ...header, caseSensitive: false })) },
    });
  });

  it("take at most 100 targets to register and 20 to ask for", async () => {
    const targetGroupIdentifier = await make().group();
    const targets = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `10.0.1.${n}`, port: 80 }));
    const lattice = emulator.lattice();
    await expect(lattice.registerTargets({ targetGroupIdentifier, targets: targets(101) })).rejects.toMatchObject(invalid);
    await lattice.registerTargets({ targetGroupIdentifier, targets: targets(100) });
    await expect(lattice.listTargets({ targetGroupIdentifier, targets: targets(21) })).rejects.toMatchObject(invalid);
    expect((await lattice.listTargets({ targetGroupIdentifier, targets: [{ id: "10.0.1.7" }] })).items).toHaveLength(1);
  });

  it("refuse a policy that is too large, has a line break, is no JSON or says nothing", async () => {
    const resourceIdentifier = await make().service();
    const put = (policy: string) => emulator.lattice().putAuthPolicy({ resourceIdentifier, policy });
    const statement = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
    for (const policy of ["{", "[]", "{}", JSON.stringify({ Statement: [] }), JSON.stringify({ Statement: [statement] }, null, 1)])
      await expect(put(policy)).rejects.toMatchObject(invalid);
    const padded = (bytes: number) => {
      const empty = JSON.stringify({ Id: "", Statement: [statement] }).length;
      return JSON.stringify({ Id: "x".repeat(bytes - empty), Statement: [statement] });
    };
    await expect(put(padded(10_241))).rejects.toMatchObject(invalid);
    await put(padded(10_240));
  });

  it("need more than a name: port, protocol and VPC of a group; legal VPC and security group ids", async () => {
    const lattice = emulator.lattice();
    await expect(lattice.createTargetGroup({ name: "k8s-orders", type: "IP" })).rejects.toMatchObject(invalid);
    const config = { port: 80, protocol: "HTTP", vpcIdentifier: "vpc-none" } as const;
    await expect(lattice.createTargetGroup({ name: "k8s-orders", type: "IP", config })).rejects.toMatchObject(invalid);
    const serviceNetworkIdentifier = await make().network();
    const securityGroupIds = Array.from({ length: 6 }, (_, n) => `sg-0a1b2c3d4e5f6071${n}`);
    await expect(
      lattice.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier, vpcIdentifier: vpcId, securityGroupIds }),
    ).rejects.toMatchObject(invalid);
  });
});

describe("listeners and rules", () => {
  it("let TCP groups serve TLS passthrough only, which forwards and has no rule but its default", async () => {
    const lattice = emulator.lattice();
    const serviceIdentifier = await make().service();
    const [http, tcp] = [await make().group("group-http"), await make().group("group-tcp", { protocol: "TCP", port: 443 })];
    const listen = (defaultAction: ReturnType<typeof forwardTo>) =>
      lattice.createListener({ serviceIdentifier, name: "tls-443", protocol: "TLS_PASSTHROUGH", defaultAction });
    await expect(listen(notFoundAction)).rejects.toMatchObject(invalid);
    await expect(listen(forwardTo([http, 1]))).rejects.toMatchObject(invalid);
    const listener = await listen(forwardTo([tcp, 1]));
    expect(listener.port).toBe(443);
    const place = { serviceIdentifier, listenerIdentifier: idOf(listener) };
    await expect(make().rule(place, { priority: 1 })).rejects.toMatchObject(invalid);
    expect((await lattice.getTargetGroup({ targetGroupIdentifier: tcp })).config?.healthCheck).toEqual({ enabled: false });
  });

  it("change the default rule only with the listener", async () => {
    const lattice = emulator.lattice();
    const serviceIdentifier = await make().service();
    const place = { serviceIdentifier, listenerIdentifier: await make().listener(serviceIdentifier) };
    const [rule] = (await lattice.listRules(place)).items ?? [];
    const defaultRule = { ...place, ruleIdentifier: rule?.id };
    await expect(lattice.updateRule({ ...defaultRule, priority: 1 })).rejects.toMatchObject(invalid);
    await expect(lattice.deleteRule(defaultRule)).rejects.toMatchObject(invalid);
    await lattice.updateListener({ ...place, defaultAction: { fixedResponse: { statusCode: 500 } } });
    expect((await lattice.getRule(defaultRule)).action).toEqual({ fixedResponse: { statusCode: 500 } });
  });

  it("swap priorities in one batch, and refuse a batch that ends in a clash without doing half of it", async () => {
    const lattice = emulator.lattice();
    const serviceIdentifier = await make().service();
    const place = { serviceIdentifier, listenerIdentifier: await make().listener(serviceIdentifier) };
    const [first, second] = [await make().rule(place, { priority: 1 }), await make().rule(place, { priority: 2 })];
    const swapped = await lattice.batchUpdateRule({
      ...place,
      rules: [
        { ruleIdentifier: first, priority: 2 },
        { ruleIdentifier: second, priority: 1 },
      ],
    });
    expect(swapped.successful?.map(({ id, priority }) => ({ id, priority }))).toEqual([
      { id: first, priority: 2 },
      { id: second, priority: 1 },
    ]);
    const clash = lattice.batchUpdateRule({
      ...place,
      rules: [
        { ruleIdentifier: first, priority: 7 },
        { ruleIdentifier: second, priority: 7 },
      ],
    });
    await expect(clash).rejects.toMatchObject({ name: "ConflictException" });
    expect((await lattice.getRule({ ...place, ruleIdentifier: first })).priority).toBe(2);
  });
});
