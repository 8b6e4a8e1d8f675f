import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestEmulator, testEmulator } from "../testing/test-emulator.ts";
import { forwardTo, testResources } from "../testing/test-resources.ts";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await testEmulator();
});
afterEach(() => emulator.stop());

const make = () => testResources(emulator);
const statuses = async (targetGroupIdentifier: string) =>
  (await emulator.lattice().listTargets({ targetGroupIdentifier })).items?.map(({ id, status, reasonCode }) => ({
    id,
    status,
    reasonCode,
  }));

describe("targets", () => {
  const healthy = { id: "10.2.0.1", status: "HEALTHY", reasonCode: undefined };
  const initial = { id: "10.2.0.1", status: "INITIAL", reasonCode: "InitialHealthChecking" };
  const unhealthy = { id: "10.2.0.1", status: "UNHEALTHY", reasonCode: "HealthCheckFailed" };

  it("go from unused through initial to healthy, the check beginning with the use of the group", async () => {
    const { service, listener, group, rule } = await make().route();
    const place = { serviceIdentifier: service, listenerIdentifier: listener };
    expect(await statuses(group)).toEqual([initial]);
    emulator.pass(47_999);
    expect(await statuses(group)).toEqual([initial]);
    emulator.pass(1);
    expect(await statuses(group)).toEqual([healthy]);
    await emulator.lattice().deleteRule({ ...place, ruleIdentifier: rule });
    expect(await statuses(group)).toEqual([{ id: "10.2.0.1", status: "UNUSED", reasonCode: "TargetGroupNotInUse" }]);
    await make().rule(place, { priority: 2, groups: [[group, 1]] });
    expect(await statuses(group)).toEqual([initial]);
  });

  it("stay healthy through a change of weights", async () => {
    const { service, listener, group, rule } = await make().route();
    emulator.pass(60_000);
    const place = { serviceIdentifier: service, listenerIdentifier: listener, ruleIdentifier: rule };
    await emulator.lattice().updateRule({ ...place, action: forwardTo([group, 50], [await make().group("k8s-next"), 50]) });
    expect(await statuses(group)).toEqual([healthy]);
  });

  it("are as healthy as they are told to be: by group, by address, the narrower rule first", async () => {
    const { group } = await make().route();
    emulator.pass(60_000);
    emulator.control.setHealth({ targetGroup: "k8s-orders", status: "UNHEALTHY" });
    expect(await statuses(group)).toEqual([unhealthy]);
    emulator.control.setHealth({ ip: "10.2.0.1", status: "HEALTHY" });
    expect(await statuses(group)).toEqual([healthy]);
    emulator.control.setHealth({ targetGroup: group, ip: "10.2.0.1", port: 8080, status: "UNHEALTHY", reasonCode: "Timeout" });
    expect(await statuses(group)).toEqual([{ ...unhealthy, reasonCode: "Timeout" }]);
    emulator.control.clearHealth({ targetGroup: group, ip: "10.2.0.1", port: 8080 });
    emulator.control.clearHealth({ ip: "10.2.0.1" });
    expect(await statuses(group)).toEqual([unhealthy]);
    emulator.control.clearHealth();
    emulator.control.setHealth({ ip: "10.9.9.9", status: "UNHEALTHY" });
    expect(await statuses(group)).toEqual([healthy]);
  });

  it("are unavailable where health checks are off, whatever is told", async () => {
    const { group } = await make().route();
    emulator.pass(60_000);
    emulator.control.setHealth({ status: "UNHEALTHY" });
    await emulator.lattice().updateTargetGroup({ targetGroupIdentifier: group, healthCheck: { enabled: false } });
    expect(await statuses(group)).toEqual([{ id: "10.2.0.1", status: "UNAVAILABLE", reasonCode: "HealthCheckNotSupported" }]);
  });

  it("drain before they go, and come back as new ones when registered again", async () => {
    const { group } = await make().route();
    emulator.pass(60_000);
    const target = { targetGroupIdentifier: group, targets: [{ id: "10.2.0.1", port: 8080 }] };
    await emulator.lattice().deregisterTargets(target);
    expect(await statuses(group)).toEqual([{ id: "10.2.0.1", status: "DRAINING", reasonCode: "DeregistrationInProgress" }]);
    await emulator.lattice().registerTargets(target);
    expect(await statuses(group)).toEqual([initial]);
    await emulator.lattice().deregisterTargets(target);
    emulator.pass(60_000);
    expect(await statuses(group)).toEqual([]);
    const again = await emulator.lattice().deregisterTargets(target);
    expect(again.unsuccessful).toMatchObject([{ id: "10.2.0.1", port: 8080, failureCode: "TargetNotFound" }]);
  });

  it("take the settings of their group where a check leaves something out", async () => {
    const group = await make().group();
    const { config } = await emulator.lattice().updateTargetGroup({
      targetGroupIdentifier: group,
      healthCheck: { enabled: true, path: "/healthz", healthCheckIntervalSeconds: 10 },
    });
    expect(config?.healthCheck).toEqual({
      enabled: true,
      protocol: "HTTP",
      protocolVersion: "HTTP1",
      path: "/healthz",
      healthCheckIntervalSeconds: 10,
      healthCheckTimeoutSeconds: 5,
      healthyThresholdCount: 5,
      unhealthyThresholdCount: 2,
      matcher: { httpCode: "200" },
    });
  });
});

describe("forced statuses", () => {
  it("fail the creation of an association by the name of its service, with code and message in Get only", async () => {
    const failure = { failureCode: "InternalError", failureMessage: "The association could not be made" };
    emulator.control.forceStatus({ kind: "service-association", match: "orders", status: "CREATE_FAILED", ...failure });
    const [orders, ledger, network] = [await make().service("orders"), await make().service("ledger"), await make().network()];
    const failed = await make().association(orders, network);
    await make().association(ledger, network);
    const lattice = emulator.lattice();
    const { items } = await lattice.listServiceNetworkServiceAssociations({ serviceNetworkIdentifier: network });
    expect(items?.map((one) => one.status)).toEqual(["CREATE_FAILED", "ACTIVE"]);
    const identifier = { serviceNetworkServiceAssociationIdentifier: failed };
    expect(await lattice.getServiceNetworkServiceAssociation(identifier)).toMatchObject({ status: "CREATE_FAILED", ...failure });
    await lattice.deleteServiceNetworkServiceAssociation(identifier);
    emulator.pass(60_000);
    await expect(lattice.getServiceNetworkServiceAssociation(identifier)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  it("hold a deletion until they are freed", async () => {
    const lattice = emulator.lattice();
    const serviceIdentifier = await make().service("orders");
    emulator.control.forceStatus({ kind: "service", match: serviceIdentifier, status: "DELETE_FAILED", failureMessage: "stuck" });
    await lattice.deleteService({ serviceIdentifier });
    emulator.pass(600_000);
    expect(await lattice.getService({ serviceIdentifier })).toMatchObject({ status: "DELETE_FAILED", failureMessage: "stuck" });
    emulator.control.freeStatus({ kind: "service", match: serviceIdentifier });
    await expect(lattice.getService({ serviceIdentifier })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  it("reach every resource of a kind, those yet to come included", async () => {
    emulator.control.forceStatus({ kind: "target-group", match: "*", status: "CREATE_FAILED", failureCode: "x" });
    const group = await make().group();
    expect(await emulator.lattice().getTargetGroup({ targetGroupIdentifier: group })).toMatchObject({
      status: "CREATE_FAILED",
      failureCode: "x",
    });
    expect(() => emulator.control.forceStatus({ kind: "service", match: "*", status: "CREATE_IN_PROGRESS" })).not.toThrow();
    expect((await emulator.lattice().createService({ name: "orders" })).status).toBe("CREATE_IN_PROGRESS");
  });
});

describe("time", () => {
  it.each([
    { speed: 1, settings: {} },
    { speed: 12, settings: { delaysMs: { serviceCreate: 60_000 } } },
  ])("divides the delays by the speed, and a changed one counts from then on: $speed", async (options) => {
    await emulator.stop();
    emulator = await testEmulator(options);
    if (options.speed === 1) emulator.control.changeSettings({ delaysMs: { serviceCreate: 5_000 } });
    const { id } = await emulator.lattice().createService({ name: "orders" });
    const status = async () => (await emulator.lattice().getService({ serviceIdentifier: id })).status;
    emulator.pass(4_999);
    expect(await status()).toBe("CREATE_IN_PROGRESS");
    emulator.pass(1);
    expect(await status()).toBe("ACTIVE");
  });
});
