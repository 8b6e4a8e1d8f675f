import type { RuleMatch } from "@aws-sdk/client-vpc-lattice";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { account, region, type TestEmulator, testEmulator, vpcId } from "../testing/test-emulator.ts";
import { forwardTo, idOf, testResources } from "../testing/test-resources.ts";

const role = `arn:aws:iam::${account}:role/orders-client`;
const minute = 60_000;
let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await testEmulator();
});
afterEach(() => emulator.stop());

/** A live service in a network that the caller's VPC is associated with. */
async function scene() {
  const lattice = emulator.lattice();
  const make = testResources(emulator, lattice);
  const network = await make.network();
  const route = await make.route();
  await make.association(route.service, network);
  const vpc = idOf(await lattice.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: network, vpcIdentifier: vpcId }));
  emulator.pass(2 * minute);
  const { dnsEntry } = await lattice.getService({ serviceIdentifier: route.service });
  const host = dnsEntry?.domainName ?? "";
  type Change = Partial<Parameters<TestEmulator["control"]["carry"]>[0]>;
  const carry = (change: Change = {}) => emulator.control.carry({ callerVpcId: vpcId, host, port: 80, ...change });
  const guard = async (resourceIdentifier: string, statements: readonly object[]) => {
    if (resourceIdentifier === route.service) await lattice.updateService({ serviceIdentifier: route.service, authType: "AWS_IAM" });
    else await lattice.updateServiceNetwork({ serviceNetworkIdentifier: network, authType: "AWS_IAM" });
    await lattice.putAuthPolicy({ resourceIdentifier, policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) });
  };
  return { lattice, make, network, route, vpc, host, carry, guard };
}

const signed = { identity: { roleArn: role }, signing: "good" as const };
const allow = (more: object = {}) => ({ Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*", ...more });

describe("the way to the target", () => {
  it("reaches the program behind the target over HTTP, with method, path, query, headers and body", async () => {
    const { carry, route, host } = await scene();
    const carried = await carry({ method: "POST", path: "/orders/1", query: "a=1&a=2", headers: { "x-plan": "gold" }, body: "hello" });
    expect(carried).toMatchObject({ outcome: "answered", layer: null, status: 200, way: { targetGroup: { id: route.group } } });
    expect(JSON.parse(carried.echo?.body ?? "")).toMatchObject({
      group: "k8s-orders",
      target: "10.2.0.1:8080",
      method: "POST",
      url: "/orders/1?a=1&a=2",
      headers: { host, "x-plan": "gold" },
      body: "hello",
    });
  });
  it("is also walked through the control door", async () => {
    const { host } = await scene();
    const response = await fetch(`${emulator.url}/_sandbox/carry`, {
      method: "POST",
      headers: { authorization: "Bearer the-token" },
      body: JSON.stringify({ callerVpcId: vpcId, host, port: 80 }),
    });
    expect(await response.json()).toMatchObject({ result: { outcome: "answered", status: 200 } });
  });
  it("ends with a time-out in a VPC without an association, or with another network's", async () => {
    const { carry, lattice, make } = await scene();
    const elsewhere = "vpc-0ffffffffffffffff";
    expect(await carry({ callerVpcId: elsewhere })).toMatchObject({ outcome: "timed-out", layer: "vpc", status: null });
    const other = await make.network("net-dev");
    await lattice.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: other, vpcIdentifier: elsewhere });
    emulator.pass(2 * minute);
    expect(await carry({ callerVpcId: elsewhere })).toMatchObject({ outcome: "timed-out", layer: "vpc" });
  });
  it("ends where an association is not active, but not while its security groups change", async () => {
    const { carry, lattice, vpc } = await scene();
    emulator.control.forceStatus({ kind: "vpc-association", match: vpc, status: "CREATE_FAILED" });
    expect(await carry()).toMatchObject({ outcome: "timed-out", layer: "association" });
    emulator.control.freeStatus({ kind: "vpc-association" });
    emulator.control.forceStatus({ kind: "service-association", match: "*", status: "CREATE_IN_PROGRESS" });
    expect(await carry()).toMatchObject({ outcome: "timed-out", layer: "association" });
    emulator.control.freeStatus({ kind: "service-association" });
    const securityGroupIds = ["sg-0123456789abcdef0"];
    await lattice.updateServiceNetworkVpcAssociation({ serviceNetworkVpcAssociationIdentifier: vpc, securityGroupIds });
    expect(await carry()).toMatchObject({ status: 200 });
  });
  it("asks the association's security groups", async () => {
    const { carry, lattice, vpc } = await scene();
    const securityGroupIds = ["sg-0123456789abcdef0"];
    await lattice.updateServiceNetworkVpcAssociation({ serviceNetworkVpcAssociationIdentifier: vpc, securityGroupIds });
    emulator.control.putSecurityGroup({ id: "sg-0123456789abcdef0", admits: [{ from: "sg-client", port: 80 }] });
    expect(await carry()).toMatchObject({ outcome: "timed-out", layer: "security-groups" });
    expect(await carry({ clientSecurityGroupIds: ["sg-client"] })).toMatchObject({ status: 200 });
  });
  it("ends at names that nothing resolves", async () => {
    const { carry } = await scene();
    expect(await carry({ host: "orders.example.com" })).toMatchObject({ outcome: "name-not-resolved", layer: "dns" });
  });
  it("ends at a port or protocol without a listener", async () => {
    const { carry } = await scene();
    expect(await carry({ port: 8080 })).toMatchObject({ outcome: "connection-refused", layer: "listener" });
    expect(await carry({ scheme: "https" })).toMatchObject({ outcome: "connection-reset", layer: "listener" });
  });
});

describe("rules", () => {
  async function withRules(...matches: RuleMatch[]) {
    const { lattice, route, carry, make } = await scene();
    const place = { serviceIdentifier: route.service, listenerIdentifier: route.listener };
    await lattice.deleteRule({ ...place, ruleIdentifier: route.rule });
    const group = await make.group("k8s-more");
    await lattice.registerTargets({ targetGroupIdentifier: group, targets: [{ id: "10.2.0.9", port: 8080 }] });
    for (const [at, match] of matches.entries())
      await lattice.createRule({ ...place, name: `k8s-rule-${at}`, priority: 10 - at, match, action: forwardTo([group, 1]) });
    emulator.pass(minute);
    return { carry, place, lattice };
  }
  const path = (match: { exact: string } | { prefix: string }, caseSensitive = true): RuleMatch => ({
    httpMatch: { pathMatch: { match, caseSensitive } },
  });

  it.each([
    ["an exact path", path({ exact: "/orders" }), { path: "/orders" }, 200],
    ["an exact path and more", path({ exact: "/orders" }), { path: "/orders/1" }, 404],
    ["a prefix is a prefix of the text", path({ prefix: "/api" }), { path: "/apiv2" }, 200],
    ["a path in other letters", path({ prefix: "/api" }), { path: "/API" }, 404],
    ["a path in other letters, any case", path({ prefix: "/api" }, false), { path: "/API" }, 200],
    ["the method", { httpMatch: { method: "GET" } }, { method: "GET" }, 200],
    ["another method", { httpMatch: { method: "GET" } }, { method: "POST" }, 404],
    ["a header", { httpMatch: { headerMatches: [{ name: "X-Plan", match: { exact: "gold" } }] } }, { headers: { "x-plan": "GOLD" } }, 200],
    [
      "a header of one case",
      { httpMatch: { headerMatches: [{ name: "x-plan", match: { exact: "gold" }, caseSensitive: true }] } },
      { headers: { "x-plan": "GOLD" } },
      404,
    ],
    [
      "a header's part",
      { httpMatch: { headerMatches: [{ name: "x-plan", match: { contains: "ol" } }] } },
      { headers: { "x-plan": "gold" } },
      200,
    ],
    ["no header", { httpMatch: { headerMatches: [{ name: "x-plan", match: { prefix: "g" } }] } }, {}, 404],
  ])("%s", async (_name, match, call, status) => {
    const { carry } = await withRules(match);
    expect((await carry(call)).status).toBe(status);
  });
  it("are asked in order of their priority, the default last", async () => {
    const { carry, lattice, place } = await withRules(path({ prefix: "/" }), path({ prefix: "/a" }));
    const { items } = await lattice.listRules(place);
    const [first, , second] = items ?? [];
    expect(first?.isDefault).toBe(true);
    expect((await carry({ path: "/abc" })).way.ruleId).toBe(second?.id);
  });
});

describe("target groups", () => {
  it("takes a group by its weight and its targets in turn", async () => {
    const { lattice, make, route, carry } = await scene();
    const light = await make.group("k8s-light");
    await lattice.registerTargets({ targetGroupIdentifier: light, targets: [{ id: "10.9.0.1" }, { id: "10.9.0.2" }] });
    const place = { serviceIdentifier: route.service, listenerIdentifier: route.listener, ruleIdentifier: route.rule };
    await lattice.updateRule({ ...place, action: forwardTo([route.group, 90], [light, 10]) });
    emulator.pass(minute);
    expect((await carry({ random: 0.89 })).way.targetGroup?.id).toBe(route.group);
    expect((await carry({ random: 0.9 })).way.target?.id).toBe("10.9.0.1");
    expect((await carry({ random: 0.99 })).way.target?.id).toBe("10.9.0.2");
    expect((await carry({ random: 0.95 })).way.target?.id).toBe("10.9.0.1");
    await lattice.updateRule({ ...place, action: forwardTo([route.group, 0], [light, 1]) });
    for (const random of [0, 0.5, 0.99]) expect((await carry({ random })).way.targetGroup?.id).toBe(light);
    await lattice.updateRule({ ...place, action: forwardTo([route.group, 0]) });
    expect(await carry()).toMatchObject({ status: 503, layer: "target-groups" });
  });
  it("leaves unhealthy targets out, and takes them all when none is healthy", async () => {
    const { lattice, route, carry } = await scene();
    await lattice.registerTargets({ targetGroupIdentifier: route.group, targets: [{ id: "10.2.0.2", port: 8080 }] });
    emulator.pass(minute);
    emulator.control.setHealth({ ip: "10.2.0.1", status: "UNHEALTHY" });
    for (let n = 0; n < 3; n++) expect((await carry()).way.target).toMatchObject({ id: "10.2.0.2", status: "HEALTHY" });
    emulator.control.setHealth({ status: "UNHEALTHY" });
    emulator.control.setHealth({ ip: "10.2.0.1", status: "UNHEALTHY" });
    const met = [await carry(), await carry()].map((one) => one.way.target);
    expect(met.map((target) => target?.id).sort()).toEqual(["10.2.0.1", "10.2.0.2"]);
    expect(met[0]?.status).toBe("UNHEALTHY");
  });
  it("answers 503 where a group is empty, and for programs that fail what Lattice answers for them", async () => {
    const { lattice, route, carry } = await scene();
    for (const [answers, status] of [
      ["refuses", 503],
      ["hangs-up", 502],
      ["is-silent", 504],
    ] as const) {
      emulator.control.setTargetBehaviour({ answers });
      expect(await carry()).toMatchObject({ outcome: "answered", layer: "targets", status, echo: null });
    }
    emulator.control.setTargetBehaviour({ answers: "error" });
    expect(await carry()).toMatchObject({ layer: null, status: 500 });
    await lattice.deregisterTargets({ targetGroupIdentifier: route.group, targets: [{ id: "10.2.0.1", port: 8080 }] });
    expect(await carry()).toMatchObject({ layer: "targets", status: 503 });
  });
});

describe("rights", () => {
  it("refuses everybody where AWS_IAM has no policy", async () => {
    const { carry, lattice, route } = await scene();
    await lattice.updateService({ serviceIdentifier: route.service, authType: "AWS_IAM" });
    expect(await carry(signed)).toMatchObject({ status: 403, layer: "service-policy" });
  });
  it("says who may not do what, and which policy refused", async () => {
    const { carry, guard, route, network } = await scene();
    await guard(route.service, [allow({ Principal: { AWS: role } })]);
    expect(await carry(signed)).toMatchObject({ status: 200 });
    const anonymous = await carry();
    expect(anonymous).toMatchObject({ status: 403, layer: "service-policy", echo: null });
    expect(anonymous.reason).toContain("User: anonymous is not authorized to perform: vpc-lattice-svcs:Invoke");
    await guard(network, [allow(), allow({ Effect: "Deny", Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": vpcId } } })]);
    const denied = await carry(signed);
    expect(denied).toMatchObject({ status: 403, layer: "network-policy" });
    expect(denied.reason).toContain("with an explicit deny in a network-based policy");
  });
  it("counts a signature as nothing when it is bad, even where nobody asks for one", async () => {
    const { carry } = await scene();
    expect(await carry({ ...signed, signing: "bad" })).toMatchObject({ status: 403, layer: "signing" });
    expect(await carry(signed)).toMatchObject({ status: 200 });
  });
  it("wants the caller's own policy to allow the call, once IAM is asked at all", async () => {
    const { carry, guard, route } = await scene();
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const call = { ...signed, identity: { roleArn: role, policy } };
    expect(await carry(call)).toMatchObject({ status: 200 });
    await guard(route.service, [allow()]);
    expect(await carry(call)).toMatchObject({ status: 403, layer: "identity-policy" });
  });
});

it("carries passed-through TLS by its server name, without an identity, to the default action", async () => {
  const lattice = emulator.lattice();
  const make = testResources(emulator, lattice);
  const network = await make.network();
  const customDomainName = "vault.example.com";
  const service = idOf(await lattice.createService({ name: "vault", customDomainName }));
  const group = await make.group("k8s-vault", { protocol: "TCP", port: 8443 });
  await lattice.registerTargets({ targetGroupIdentifier: group, targets: [{ id: "10.2.0.1", port: 8443 }] });
  await lattice.createListener({
    serviceIdentifier: service,
    name: "tls-443",
    port: 443,
    protocol: "TLS_PASSTHROUGH",
    defaultAction: forwardTo([group, 1]),
  });
  await make.association(service, network);
  await lattice.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: network, vpcIdentifier: vpcId });
  emulator.pass(2 * minute);
  const call = { callerVpcId: vpcId, host: customDomainName, port: 443, scheme: "https" as const };
  expect(await emulator.control.carry(call)).toMatchObject({ status: 200, way: { targetGroup: { name: "k8s-vault" } } });
  const [{ domainName } = { domainName: "" }] = emulator.control.describe({ account, region }).services;
  expect(await emulator.control.carry({ ...call, host: domainName })).toMatchObject({ outcome: "connection-reset", layer: "listener" });
  await lattice.updateService({ serviceIdentifier: service, authType: "AWS_IAM" });
  await lattice.putAuthPolicy({ resourceIdentifier: service, policy: JSON.stringify({ Version: "2012-10-17", Statement: [allow()] }) });
  expect(await emulator.control.carry({ ...call, ...signed })).toMatchObject({ outcome: "connection-reset", layer: "service-policy" });
  const connect = allow({ Action: "vpc-lattice-svcs:Connect" });
  await lattice.putAuthPolicy({ resourceIdentifier: service, policy: JSON.stringify({ Version: "2012-10-17", Statement: [connect] }) });
  expect(await emulator.control.carry(call)).toMatchObject({ status: 200 });
});
