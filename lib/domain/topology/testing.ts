import fc from "fast-check";
import { Glyph } from "../clusters/cluster-view.ts";
import { message } from "../message.ts";
import { bareEdge, bareNode } from "./graph-part.ts";
import { nodeId } from "./node-id.ts";
import { byId, edgeId, type TopologyGraph } from "./topology-graph.ts";
import type { EdgeKind, TopologyEdge, TopologyNode } from "./topology-view.ts";

const SAID = message("topology.place.empty");

export function node(id: string, more: Partial<TopologyNode> = {}): TopologyNode {
  const cut = id.indexOf("/");
  // Safe: tests write ids as nodeId does, with the kind before the first stroke.
  const kind = id.slice(0, cut) as TopologyNode["kind"];
  return bareNode({
    id,
    kind,
    name: id.slice(id.lastIndexOf("/") + 1),
    glyph: "ok",
    sentence: SAID,
    at: "2026-11-22T12:00:00.000Z",
    ...more,
  });
}

export function edge(kind: EdgeKind, from: string, to: string, more: Partial<TopologyEdge> = {}): TopologyEdge {
  return bareEdge({ kind, from, to, sentence: SAID, ...more });
}

/** The places of the example: `checkout` serves 75 % and `batch` 25 % of `orders`, which `cart` in `storefront` calls; `pay` is another team's. */
export const EXAMPLE = {
  account: nodeId.account("prod"),
  vpcA: nodeId.vpc("vpc-a"),
  vpcB: nodeId.vpc("vpc-b"),
  checkout: nodeId.cluster("m/team-payments/checkout"),
  batch: nodeId.cluster("m/team-payments/batch"),
  storefront: nodeId.cluster("m/team-shop/storefront"),
  orders: nodeId.route("m/team-payments/orders"),
  pay: nodeId.route("m/team-payments/pay"),
  network: nodeId.network("prod", "net-prod"),
  other: nodeId.network("prod", "net-dev"),
  cart: nodeId.consumer("role/cart"),
  tgA: nodeId.targetGroup("tg-a"),
  tgB: nodeId.targetGroup("tg-b"),
  tgPay: nodeId.targetGroup("tg-pay"),
  ksA: nodeId.kubeService("m/team-payments/checkout", "orders", "orders"),
  ksB: nodeId.kubeService("m/team-payments/batch", "orders", "orders"),
  ksPay: nodeId.kubeService("m/team-payments/checkout", "pay", "pay"),
} as const;

export function exampleGraph(change: (one: TopologyNode) => TopologyNode = (one) => one): TopologyGraph {
  const e = EXAMPLE;
  const inside = (id: string, parent: string, more: Partial<TopologyNode> = {}) => node(id, { parent, account: "prod", ...more });
  const nodes = [
    node("management-cluster/m"),
    node(e.account, { account: "prod" }),
    inside(e.vpcA, e.account),
    inside(e.vpcB, e.account),
    inside(e.checkout, e.vpcA, { team: "payments" }),
    inside(e.batch, e.vpcA, { team: "payments" }),
    inside(e.storefront, e.vpcB, { team: "shop" }),
    inside(e.network, e.account),
    inside(e.other, e.account),
    node(e.orders, { team: "payments", account: "prod" }),
    node(e.pay, { team: "payments", account: "prod" }),
    inside(e.cart, e.storefront, { team: "shop" }),
    inside(e.tgA, e.vpcA),
    inside(e.tgB, e.vpcA),
    inside(e.tgPay, e.vpcA),
    inside(e.ksA, e.checkout, { team: "payments" }),
    inside(e.ksB, e.batch, { team: "payments" }),
    inside(e.ksPay, e.checkout, { team: "payments" }),
  ].map(change);
  const edges = [
    ...[e.checkout, e.batch, e.storefront, e.orders, e.pay].map((to) => edge("owns", "management-cluster/m", to)),
    edge("associated-with", e.orders, e.network),
    edge("associated-with", e.pay, e.network),
    edge("associated-with", e.vpcB, e.network),
    edge("routes-to", e.orders, e.tgA, { weight: 75 }),
    edge("routes-to", e.orders, e.tgB, { weight: 25 }),
    edge("routes-to", e.pay, e.tgPay, { weight: 100 }),
    edge("exports", e.ksA, e.tgA),
    edge("exports", e.ksB, e.tgB),
    edge("exports", e.ksPay, e.tgPay),
    edge("may-call", e.cart, e.orders),
    ...nodes.flatMap(({ id, kind, parent }) =>
      parent !== null && ["cluster", "vpc", "kube-service", "consumer"].includes(kind) ? [edge("runs-in", id, parent)] : [],
    ),
  ];
  return { nodes: nodes.sort(byId), edges: edges.sort(byId) };
}

const glyph = fc.oneof({ weight: 6, arbitrary: fc.constant("ok" as const) }, fc.constantFrom(...Glyph.options));
const pick = (count: number) => fc.integer({ min: 0, max: Math.max(0, count - 1) });

/** Graphs of all kinds of nodes in which every link leads somewhere. */
export const aGraph: fc.Arbitrary<TopologyGraph> = fc
  .record({
    accounts: fc.array(glyph, { minLength: 1, maxLength: 3 }),
    vpcs: fc.array(fc.record({ glyph, account: pick(3) }), { maxLength: 4 }),
    networks: fc.array(fc.record({ glyph, account: pick(3) }), { maxLength: 3 }),
    clusters: fc.array(fc.record({ glyph, vpc: fc.option(pick(4), { nil: null }), team: fc.constantFrom("a", "b") }), { maxLength: 8 }),
    routes: fc.array(fc.record({ glyph, network: fc.option(pick(3), { nil: null }), team: fc.constantFrom("a", "b") }), { maxLength: 10 }),
    served: fc.array(fc.record({ route: pick(10), cluster: pick(8), glyph, weight: fc.option(pick(101), { nil: null }) }), {
      maxLength: 12,
    }),
    callers: fc.array(fc.record({ cluster: pick(8), route: pick(10), glyph }), { maxLength: 8 }),
  })
  .map(({ accounts, vpcs, networks, clusters, routes, served, callers }) => {
    const accountOf = (n: number) => nodeId.account(`acc-${n % accounts.length}`);
    const vpcOf = (n: number | null) => (n === null || vpcs.length === 0 ? null : nodeId.vpc(`vpc-${n % vpcs.length}`));
    const clusterId = (n: number) => nodeId.cluster(`m/team-a/c${n % Math.max(1, clusters.length)}`);
    const routeId = (n: number) => nodeId.route(`m/team-a/r${n % Math.max(1, routes.length)}`);
    const nodes = [
      ...accounts.map((one, n) => node(nodeId.account(`acc-${n}`), { glyph: one, account: `acc-${n}` })),
      ...vpcs.map((one, n) => node(nodeId.vpc(`vpc-${n}`), { glyph: one.glyph, parent: accountOf(one.account) })),
      ...networks.map((one, n) => node(nodeId.network("acc-0", `net-${n}`), { glyph: one.glyph, parent: accountOf(one.account) })),
      ...clusters.map((one, n) => node(clusterId(n), { glyph: one.glyph, parent: vpcOf(one.vpc), team: one.team })),
      ...routes.map((one, n) => node(routeId(n), { glyph: one.glyph, team: one.team })),
      ...(clusters.length === 0 || routes.length === 0
        ? []
        : served.flatMap((one, n) => [
            node(nodeId.targetGroup(`tg-${n}`), { glyph: one.glyph }),
            node(nodeId.kubeService(`m/team-a/c${one.cluster % clusters.length}`, "ns", `s${n}`), { parent: clusterId(one.cluster) }),
          ])),
      ...(clusters.length === 0 ? [] : callers.map((one, n) => node(nodeId.consumer(`role/${n}`), { parent: clusterId(one.cluster) }))),
    ];
    const ids = new Set(nodes.map(({ id }) => id));
    const edges = [
      ...routes.flatMap((one, n) =>
        one.network === null || networks.length === 0
          ? []
          : [edge("associated-with", routeId(n), nodeId.network("acc-0", `net-${one.network % networks.length}`))],
      ),
      ...served.flatMap((one, n) => [
        edge("routes-to", routeId(one.route), nodeId.targetGroup(`tg-${n}`), { weight: one.weight, glyph: one.glyph }),
        edge(
          "exports",
          nodeId.kubeService(`m/team-a/c${one.cluster % Math.max(1, clusters.length)}`, "ns", `s${n}`),
          nodeId.targetGroup(`tg-${n}`),
        ),
      ]),
      ...callers.map((one, n) => edge("may-call", nodeId.consumer(`role/${n}`), routeId(one.route), { glyph: one.glyph })),
    ].filter(({ from, to }) => ids.has(from) && ids.has(to));
    return {
      nodes: nodes.sort(byId),
      edges: [...new Map(edges.map((one) => [edgeId(one.kind, one.from, one.to), one])).values()].sort(byId),
    };
  });
