import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPortalError, type PortalError } from "../../domain/portal-error.ts";
import {
  LatticeListener,
  LatticeNetworkDetail,
  LatticeService,
  LatticeServiceDetail,
  LatticeTargetGroup,
  LatticeVpcAssociationDetail,
} from "../../domain/routes/lattice-facts.ts";
import type { LatticeAccount, LatticePort } from "./port.ts";

/**
 * What stands in the AWS the suite looks at: network `net-prod` (AWS_IAM, `CONTRACT_POLICY`) with one VPC (association guarded by `CONTRACT_GROUP`); service `orders` (AWS_IAM, policy, access log, tag `team`, one
 * HTTP listener with `ORDERS_RULES` and a 404 default) associated with it; group `orders-a` tagged `CONTRACT_TAGS` with targets 10.0.0.1:8080
 * HEALTHY and 10.0.0.2:8080 UNHEALTHY, group `orders-b` without targets or tags; service `bare` with nothing; service `secret` with one
 * TLS_PASSTHROUGH listener whose default forwards to group `secret-a`; service `broken` whose association failed; and enough services
 * `many-…` that lists take more than one page.
 */
export type LatticeContractWorld = {
  readonly lattice: LatticePort;
  readonly account: LatticeAccount;
  readonly ids: {
    readonly network: string;
    readonly orders: string;
    readonly bare: string;
    readonly secret: string;
    readonly broken: string;
    readonly groupA: string;
    readonly groupB: string;
    readonly secretGroup: string;
  };
  readonly serviceCount: number;
  /** Every call of this operation of AWS goes wrong until the returned function is called. */
  refuse(how: "throttled" | "denied" | "unreachable"): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

export const CONTRACT_TAGS = {
  "application-networking.k8s.aws/ClusterName": "team-payments_checkout",
  "application-networking.k8s.aws/ServiceName": "orders",
  "application-networking.k8s.aws/ServiceNamespace": "payments",
} as const;
export const CONTRACT_POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"vpc-lattice-svcs:Invoke","Resource":"*"}]}';
export const CONTRACT_LOG = "arn:aws:s3:::orders-access";
export const CONTRACT_VPC = "vpc-0d1e2f30415263748";
export const CONTRACT_GROUP = "sg-0a1b2c3d4e5f60718";

const SECONDS_60 = 60_000;
const anyText: unknown = expect.any(String);
const anyNumber: unknown = expect.any(Number);
const deniedByAws: unknown = expect.stringContaining("AccessDenied");

/** The behaviour every implementation of the port has: the fake's truth is proven by the emulator, through the SDK, passing the same suite. */
export function describeLatticeContract(name: string, createWorld: () => Promise<LatticeContractWorld>): void {
  describe(`lattice port: ${name}`, { timeout: SECONDS_60 }, () => {
    let world: LatticeContractWorld;
    let lattice: LatticePort;
    let account: LatticeAccount;
    beforeAll(async () => {
      world = await createWorld();
      ({ lattice, account } = world);
    }, SECONDS_60);
    afterAll(() => world.close());

    it("lists services over all pages, each once", async () => {
      const services = await lattice.listServices(account);
      for (const service of services) LatticeService.parse(service);
      expect(services).toHaveLength(world.serviceCount);
      expect(world.serviceCount).toBeGreaterThan(100);
      expect(new Set(services.map(({ id }) => id)).size).toBe(world.serviceCount);
      expect(services.find((service) => service.id === world.ids.orders)).toMatchObject({ name: "orders", status: "ACTIVE" });
    });

    it("finds a service with what only it tells, by id and by ARN", async () => {
      const service = await lattice.findService(account, world.ids.orders);
      expect(LatticeServiceDetail.parse(service)).toMatchObject({ name: "orders", authType: "AWS_IAM", failureCode: null });
      expect(service?.domainName).toContain("vpc-lattice-svcs");
      expect(await lattice.findService(account, service?.arn ?? "")).toEqual(service);
    });

    it("finds null where no service is", async () => {
      expect(await lattice.findService(account, "svc-00000000000000000")).toBeNull();
    });

    it("counts what is associated with a network", async () => {
      expect(await lattice.listServiceNetworks(account)).toEqual([
        expect.objectContaining({ id: world.ids.network, name: "net-prod", services: 2, vpcs: 1 }),
      ]);
    });

    it("lists associations of a network and of a service alike", async () => {
      const ofNetwork = await lattice.listServiceAssociations(account, { networkId: world.ids.network });
      const ofService = await lattice.listServiceAssociations(account, { serviceId: world.ids.orders });
      expect(ofService).toEqual([
        expect.objectContaining({
          status: "ACTIVE",
          serviceId: world.ids.orders,
          networkId: world.ids.network,
          networkName: "net-prod",
          failureCode: null,
        }),
      ]);
      expect(ofNetwork).toContainEqual(ofService[0]);
      expect(await lattice.listServiceAssociations(account, { serviceId: world.ids.bare })).toEqual([]);
    });

    it("says why an association failed", async () => {
      expect(await lattice.listServiceAssociations(account, { serviceId: world.ids.broken })).toEqual([
        expect.objectContaining({ status: "CREATE_FAILED", failureCode: "ServiceLinkedRole", failureMessage: "the role cannot be made" }),
      ]);
    });

    it("lists the VPCs of a network", async () => {
      expect(await lattice.listVpcAssociations(account, world.ids.network)).toEqual([
        expect.objectContaining({ vpcId: CONTRACT_VPC, networkId: world.ids.network, networkName: "net-prod", status: "ACTIVE" }),
      ]);
    });

    it("finds a network with its auth type and policy, and null where none is", async () => {
      const network = await lattice.findServiceNetwork(account, world.ids.network);
      expect(LatticeNetworkDetail.parse(network)).toMatchObject({ id: world.ids.network, name: "net-prod", authType: "AWS_IAM" });
      expect(await lattice.findAuthPolicy(account, world.ids.network)).toEqual({ policy: CONTRACT_POLICY, state: "Active" });
      expect(await lattice.findServiceNetwork(account, "sn-00000000000000000")).toBeNull();
    });

    it("finds a VPC's association with its security groups, and null where none is", async () => {
      const [listed] = await lattice.listVpcAssociations(account, world.ids.network);
      const found = await lattice.findVpcAssociation(account, listed?.id ?? "");
      expect(LatticeVpcAssociationDetail.parse(found)).toEqual({
        ...listed,
        securityGroupIds: [CONTRACT_GROUP],
        failureCode: null,
        failureMessage: null,
      });
      expect(await lattice.findVpcAssociation(account, "snva-00000000000000000")).toBeNull();
    });

    it("lists target groups with the services that use them", async () => {
      const orders = await lattice.findService(account, world.ids.orders);
      const groups = await lattice.listTargetGroups(account);
      for (const group of groups) LatticeTargetGroup.parse(group);
      expect(groups.find(({ id }) => id === world.ids.groupA)).toMatchObject({
        type: "IP",
        status: "ACTIVE",
        port: 8080,
        protocol: "HTTP",
        vpcId: CONTRACT_VPC,
        serviceArns: [orders?.arn],
        tags: {},
      });
    });

    it("finds one target group as the list has it, and null where none is", async () => {
      const groups = await lattice.listTargetGroups(account);
      expect(await lattice.findTargetGroup(account, world.ids.groupA)).toEqual(groups.find(({ id }) => id === world.ids.groupA));
      expect(await lattice.findTargetGroup(account, "tg-00000000000000000")).toBeNull();
    });

    it("lists targets with status and reason", async () => {
      const targets = await lattice.listTargets(account, world.ids.groupA);
      expect([...targets].sort((one, other) => one.id.localeCompare(other.id))).toEqual([
        { id: "10.0.0.1", port: 8080, status: "HEALTHY", reasonCode: null },
        { id: "10.0.0.2", port: 8080, status: "UNHEALTHY", reasonCode: "HealthCheckFailed" },
      ]);
      expect(await lattice.listTargets(account, world.ids.groupB)).toEqual([]);
    });

    it("tells a group that is gone from one without targets", async () => {
      const error = await refusal(lattice.listTargets(account, "tg-00000000000000000"));
      expect(error).toMatchObject({ code: "NOT_FOUND", key: "lattice.missing" });
    });

    it("reads listeners with their rules in the order of trial, the default last", async () => {
      const listeners = await lattice.listListeners(account, world.ids.orders);
      for (const listener of listeners) LatticeListener.parse(listener);
      const forward = (a: number, b: number) => ({
        forward: [
          { targetGroupId: world.ids.groupA, weight: a },
          { targetGroupId: world.ids.groupB, weight: b },
        ],
        fixedStatus: null,
      });
      expect(listeners).toEqual([
        {
          id: anyText,
          port: 80,
          protocol: "HTTP",
          rules: [
            expect.objectContaining({
              priority: 1,
              isDefault: false,
              method: "GET",
              path: { type: "exact", value: "/status" },
              headers: [],
              action: forward(1, 0),
            }),
            expect.objectContaining({
              priority: 2,
              method: null,
              path: { type: "prefix", value: "/v1/" },
              headers: [{ name: "x-canary", type: "exact", value: "true" }],
              action: forward(90, 10),
            }),
            expect.objectContaining({ priority: null, isDefault: true, path: null, action: { forward: [], fixedStatus: 404 } }),
          ],
        },
      ]);
    });

    it("reads the action of a passthrough listener as its default rule", async () => {
      expect(await lattice.listListeners(account, world.ids.secret)).toEqual([
        expect.objectContaining({
          protocol: "TLS_PASSTHROUGH",
          rules: [
            expect.objectContaining({
              isDefault: true,
              action: { forward: [{ targetGroupId: world.ids.secretGroup, weight: 1 }], fixedStatus: null },
            }),
          ],
        }),
      ]);
    });

    it("reads no listeners of a service without any, or of one that is gone", async () => {
      expect(await lattice.listListeners(account, world.ids.bare)).toEqual([]);
      expect(await lattice.listListeners(account, "svc-00000000000000000")).toEqual([]);
    });

    it("finds an auth policy with its state, and null without one", async () => {
      expect(await lattice.findAuthPolicy(account, world.ids.orders)).toEqual({ policy: CONTRACT_POLICY, state: "Active" });
      expect(await lattice.findAuthPolicy(account, world.ids.bare)).toBeNull();
    });

    it("lists access logs", async () => {
      expect(await lattice.listAccessLogs(account, world.ids.orders)).toEqual([{ arn: anyText, destinationArn: CONTRACT_LOG }]);
      expect(await lattice.listAccessLogs(account, world.ids.bare)).toEqual([]);
    });

    it("reads tags by type, and narrows by tags", async () => {
      const group = await lattice.findTargetGroup(account, world.ids.groupA);
      expect(await lattice.listTags(account, { type: "target-group", tags: CONTRACT_TAGS })).toEqual(
        new Map([[group?.arn, CONTRACT_TAGS]]),
      );
      const orders = await lattice.findService(account, world.ids.orders);
      expect((await lattice.listTags(account, { type: "service" })).get(orders?.arn ?? "")).toEqual({ team: "payments" });
      expect(await lattice.listTags(account, { type: "service", tags: { team: "shop" } })).toEqual(new Map());
    });

    it("gives up when told to", async () => {
      const error = await refusal(lattice.listServices(account, { signal: AbortSignal.abort() }));
      expect(error).toMatchObject({ code: "UNAVAILABLE", key: "lattice.aborted", values: { account: account.id } });
    });

    for (const [how, expected] of [
      ["throttled", { code: "UNAVAILABLE", key: "lattice.throttled", values: { account: "prod", seconds: anyNumber } }],
      [
        "denied",
        {
          code: "PRECONDITION",
          key: "lattice.denied",
          values: { account: "prod", operation: "GetService" },
          raw: deniedByAws,
        },
      ],
      ["unreachable", { code: "UNAVAILABLE", key: "lattice.unreachable" }],
    ] as const)
      it(`says when it is ${how}`, async () => {
        const mend = await world.refuse(how);
        const error = await refusal(lattice.findService(account, world.ids.orders, { urgent: true }));
        await mend();
        expect(error).toMatchObject(expected);
      });
  });
}

async function refusal(asking: Promise<unknown>): Promise<PortalError> {
  const error: unknown = await asking.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isPortalError(error)) throw new Error("no PortalError was thrown", { cause: error });
  return error;
}
