import { PortalError } from "../../domain/portal-error.ts";
import type { LatticeRule } from "../../domain/routes/lattice-facts.ts";
import { CONTRACT_GROUP, CONTRACT_LOG, CONTRACT_POLICY, CONTRACT_TAGS, CONTRACT_VPC, describeLatticeContract } from "./contract.ts";
import { createFakeLattice } from "./fake.ts";

const account = {
  id: "prod",
  awsAccountId: "333344445555",
  region: "ap-northeast-1",
  roleArn: "arn:aws:iam::333344445555:role/read",
  externalId: null,
  callsPerSecond: 5,
};
const ids = {
  network: "sn-1",
  orders: "svc-1",
  bare: "svc-2",
  secret: "svc-3",
  broken: "svc-4",
  groupA: "tg-1",
  groupB: "tg-2",
  secretGroup: "tg-3",
};
const rule = (more: Partial<LatticeRule>): LatticeRule => ({
  id: "rule",
  priority: null,
  isDefault: false,
  method: null,
  path: null,
  headers: [],
  action: { forward: [], fixedStatus: null },
  ...more,
});
const forward = (a: number, b: number) => ({
  forward: [
    { targetGroupId: ids.groupA, weight: a },
    { targetGroupId: ids.groupB, weight: b },
  ],
  fixedStatus: null,
});

describeLatticeContract("fake", async () => {
  const lattice = createFakeLattice();
  lattice.setNetwork(ids.network, { name: "net-prod", authType: "AWS_IAM", policy: { policy: CONTRACT_POLICY, state: "Active" } });
  lattice.setService(ids.orders, {
    name: "orders",
    authType: "AWS_IAM",
    policy: { policy: CONTRACT_POLICY, state: "Active" },
    logs: [{ arn: "arn:log", destinationArn: CONTRACT_LOG }],
    tags: { team: "payments" },
    listeners: [
      {
        id: "listener-1",
        port: 80,
        protocol: "HTTP",
        rules: [
          rule({ priority: 1, method: "GET", path: { type: "exact", value: "/status" }, action: forward(1, 0) }),
          rule({
            priority: 2,
            path: { type: "prefix", value: "/v1/" },
            headers: [{ name: "x-canary", type: "exact", value: "true" }],
            action: forward(90, 10),
          }),
          rule({ isDefault: true, action: { forward: [], fixedStatus: 404 } }),
        ],
      },
    ],
  });
  lattice.setService(ids.bare);
  lattice.setService(ids.secret, {
    listeners: [
      {
        id: "listener-2",
        port: 443,
        protocol: "TLS_PASSTHROUGH",
        rules: [rule({ isDefault: true, action: { forward: [{ targetGroupId: ids.secretGroup, weight: 1 }], fixedStatus: null } })],
      },
    ],
  });
  lattice.setService(ids.broken);
  for (let n = 0; n < 120; n += 1) lattice.setService(`svc-many-${n}`);
  const orders = await lattice.findService(account, ids.orders);
  const association = { arn: "arn:snsa", serviceArn: "", networkId: ids.network, networkName: "net-prod" };
  lattice.setAssociation({
    ...association,
    id: "snsa-1",
    status: "ACTIVE",
    serviceId: ids.orders,
    failureCode: null,
    failureMessage: null,
  });
  lattice.setAssociation({
    ...association,
    id: "snsa-2",
    status: "CREATE_FAILED",
    serviceId: ids.broken,
    failureCode: "ServiceLinkedRole",
    failureMessage: "the role cannot be made",
  });
  lattice.setVpc({
    id: "snva-1",
    arn: "arn:snva",
    status: "ACTIVE",
    vpcId: CONTRACT_VPC,
    networkId: ids.network,
    networkName: "net-prod",
    securityGroupIds: [CONTRACT_GROUP],
  });
  lattice.setGroup(ids.groupA, { port: 8080, tags: CONTRACT_TAGS, serviceArns: [orders?.arn ?? ""] });
  lattice.setGroup(ids.groupB);
  lattice.setTargets(ids.groupA, [
    { id: "10.0.0.1", port: 8080, status: "HEALTHY", reasonCode: null },
    { id: "10.0.0.2", port: 8080, status: "UNHEALTHY", reasonCode: "HealthCheckFailed" },
  ]);
  const errors = {
    throttled: new PortalError("UNAVAILABLE", "lattice.throttled", { account: account.id, seconds: 1 }),
    denied: new PortalError(
      "PRECONDITION",
      "lattice.denied",
      { account: account.id, operation: "GetService" },
      { raw: "AccessDeniedException: no" },
    ),
    unreachable: new PortalError("UNAVAILABLE", "lattice.unreachable", { account: account.id, code: "ECONNREFUSED" }),
  };
  return {
    lattice,
    account,
    ids,
    serviceCount: 124,
    async refuse(how) {
      const mend = lattice.fail({}, errors[how]);
      return async () => mend();
    },
    close: async () => lattice.close(),
  };
});
