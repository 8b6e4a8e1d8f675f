import type { LatticeRule } from "../routes/lattice-facts.ts";
import type { ObservedServiceNetwork } from "../routes/observed-network.ts";
import type { ObservedLattice } from "../routes/observed-route.ts";
import type { ReachFacts, ReachFrom } from "./reach-facts.ts";

/** One service behind one network, all well, as tests of reach change it. */
export const NOW = new Date("2026-11-28T09:00:00.000Z");
const ARN = "arn:aws:vpc-lattice:ap-northeast-1:333344445555";
const seen = <Value>(value: Value, at = NOW) => ({ value, at });

const association = {
  id: "snsa-1",
  arn: "arn:snsa",
  status: "ACTIVE",
  serviceId: "svc-1",
  serviceArn: `${ARN}:service/svc-1`,
  networkId: "sn-1",
  networkName: "net-prod",
  failureCode: null,
  failureMessage: null,
};
const vpcAssociation = {
  id: "snva-1",
  arn: `${ARN}:servicenetworkvpcassociation/snva-1`,
  status: "ACTIVE",
  vpcId: "vpc-0b",
  networkId: "sn-1",
  networkName: "net-prod",
};
const service = {
  id: "svc-1",
  arn: `${ARN}:service/svc-1`,
  name: "orders",
  status: "ACTIVE",
  domainName: "orders-1.vpc-lattice-svcs.ap-northeast-1.on.aws",
  customDomainName: null,
  createdAt: null,
  lastUpdatedAt: null,
};

export function rule(more: Partial<LatticeRule> = {}): LatticeRule {
  return {
    id: "rule-1",
    priority: 1,
    isDefault: false,
    method: null,
    path: { type: "prefix", value: "/v1/" },
    headers: [],
    action: { forward: [{ targetGroupId: "tg-1", weight: 1 }], fixedStatus: null },
    ...more,
  };
}
export const NOT_FOUND_RULE = rule({
  id: "rule-d",
  priority: null,
  isDefault: true,
  path: null,
  action: { forward: [], fixedStatus: 404 },
});

export function group(id: string, ...statuses: readonly string[]): ObservedLattice["groups"][number] {
  const value = {
    id,
    arn: `${ARN}:targetgroup/${id}`,
    name: id,
    type: "IP",
    status: "ACTIVE",
    port: 80,
    protocol: "HTTP",
    vpcId: "vpc-0a",
    serviceArns: [service.arn],
    tags: {},
  };
  const targets = statuses.map((status, n) => ({ id: `10.0.0.${n}`, port: 80, status, reasonCode: null }));
  return { group: seen(value), targets: seen(targets), importName: null };
}

export function lattice(more: Partial<ObservedLattice> = {}): ObservedLattice {
  return {
    account: "platform-prod",
    health: { callsPerSecond: 5, throttledUntil: null, lastPassAt: NOW.toISOString(), error: null },
    servicesAt: NOW,
    service: seen(service),
    detail: seen({ ...service, authType: "NONE", certificateArn: null, failureCode: null, failureMessage: null }),
    tags: seen({}),
    associations: seen([association]),
    listeners: seen([{ id: "listener-1", port: 443, protocol: "HTTPS", rules: [rule(), NOT_FOUND_RULE] }]),
    policy: seen(null),
    accessLogs: seen([]),
    networks: [network()],
    groups: [group("tg-1", "HEALTHY")],
    ...more,
  };
}

export function network(more: Partial<ObservedServiceNetwork> = {}): ObservedServiceNetwork {
  const detail = { id: "sn-1", arn: `${ARN}:servicenetwork/sn-1`, name: "net-prod", authType: "NONE", sharing: null };
  return {
    id: "sn-1",
    name: "net-prod",
    arn: detail.arn,
    vpcs: seen([vpcAssociation]),
    detail: seen(detail),
    policy: seen(null),
    vpcDetails: new Map([["snva-1", seen({ ...vpcAssociation, securityGroupIds: [], failureCode: null, failureMessage: null })]]),
    ...more,
  };
}

export function facts(more: Partial<ReachFacts> = {}): ReachFacts {
  return {
    service: { namespace: "team-payments", name: "orders", team: "payments", domainName: service.domainName, networks: ["net-prod"] },
    protocol: "http",
    account: "333344445555",
    arn: service.arn,
    lattice: lattice(),
    networks: [network()],
    changedAt: null,
    ...more,
  };
}

/** AWS_IAM with this policy at the service. */
export function guarded(policy: string | null): Partial<ObservedLattice> {
  return {
    detail: seen({ ...service, authType: "AWS_IAM", certificateArn: null, failureCode: null, failureMessage: null }),
    policy: seen(policy === null ? null : { policy, state: "Active" }),
  };
}

export const ROLE = "arn:aws:iam::333344445555:role/cart";
export const POD: ReachFrom = {
  view: { id: "cluster/team-shop/storefront", kind: "cluster", name: "storefront", team: "shop", vpcId: "vpc-0b", roleArn: null },
  signs: false,
  sessionTags: {},
};
export const SIGNER: ReachFrom = {
  ...POD,
  view: { ...POD.view, id: `role/${ROLE}`, kind: "role", name: "cart", roleArn: ROLE },
  signs: true,
};
