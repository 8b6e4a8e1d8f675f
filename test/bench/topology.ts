import { gzipSync } from "node:zlib";
import { MAX_VISIBLE_NODES } from "../../lib/domain/topology/topology-view.ts";
import { routeToBuild } from "../../lib/manifests/routes/route-examples.ts";
import { createRouteWorld } from "../../lib/services/routes/testing/route-world.ts";
import { getTopology } from "../../lib/services/topology/get-topology.ts";
import { type Figure, percentile } from "./figure.ts";

const NODES = 2_000;
const SIDES = ["checkout", "checkout-2"] as const;
const CLUSTERS_PER_SIDE = 60;
/** Of all routes, one in so many has a group without a healthy target. */
const SICK_EVERY = 25;
const EVENTS = 200;
const ROUNDS_BEFORE = 50;

type World = Awaited<ReturnType<typeof createRouteWorld>>;

/**
 * A graph of 2,000 nodes in this process: what one target that changes costs the graph and the map of one reader, and what a reader gets at
 * first. Weighted routes over two of 120 clusters each, some of them ill.
 */
export async function measureTopology(say: (line: string) => void): Promise<readonly Figure[]> {
  const world = await createRouteWorld();
  try {
    const admin = await world.person("admin", { globalRoles: ["platform-admin"] });
    const ctx = world.as(admin);
    const groups: string[] = [];
    // A service, two groups and two kubeServices each, beside clusters and VPCs.
    for (let n = 0; n < (NODES - 4 * CLUSTERS_PER_SIDE) / 5; n += 1) {
      const route = routeOf(n);
      world.fleet.plant(route);
      const [group = ""] = world.fleet.hold(route).groupIds;
      if (n % SICK_EVERY === 0) setTarget(world, group, "UNHEALTHY");
      else groups.push(group);
    }
    await world.settle();
    const begun = performance.now();
    const view = await getTopology.execute({}, ctx);
    const firstMs = performance.now() - begun;
    const all = world.topology.graph().drafts;
    const ill = all.filter(({ node }) => node.glyph === "failed" || node.glyph === "attention");
    const drawn = new Set(view.nodes.map(({ id }) => id));
    const hidden = ill.filter(({ node }) => !drawn.has(node.id)).length;
    say(`topology: ${all.length} nodes, ${view.nodes.length} drawn, ${ill.length} not healthy of which ${hidden} hidden`);

    const [recompute, redraw]: number[][] = [[], []];
    for (let n = 0; n < ROUNDS_BEFORE + EVENTS; n += 1) {
      world.advance(1_000);
      const before = performance.now();
      setTarget(world, groups[n % groups.length] ?? "", n % 2 === 0 ? "UNHEALTHY" : "HEALTHY");
      world.topology.graph();
      const between = performance.now();
      await getTopology.execute({}, ctx);
      if (n < ROUNDS_BEFORE) continue;
      recompute?.push(between - before);
      redraw?.push(performance.now() - between);
    }
    const json = Buffer.from(JSON.stringify(view));
    return [
      row("recompute per event, p95", percentile(recompute ?? [], 0.95), "ms", 5),
      row("one reader's map after an event, p95", percentile(redraw ?? [], 0.95), "ms", null),
      row("one reader's first map", firstMs, "ms", null),
      row("data, gzipped", gzipSync(json).byteLength / 1024, "KiB", 120),
      row("nodes drawn", view.nodes.length, "nodes", MAX_VISIBLE_NODES),
      row("ill nodes hidden", hidden, "nodes", 0),
    ];
  } finally {
    await world.close();
  }
}

function row(what: string, figure: number, unit: string, budget: number | null): Figure {
  return { name: `graph of ${NODES.toLocaleString("en")} nodes, ${what}`, figure, unit, budget };
}

function setTarget({ fleet }: World, group: string, status: "HEALTHY" | "UNHEALTHY"): void {
  fleet.take("targets", group, { items: [{ id: "10.0.1.10", port: 8080, status, reasonCode: null }] });
}

function routeOf(n: number) {
  const { spec, ...route } = routeToBuild("two-clusters-weighted");
  const clusters = SIDES.map((side) => `team-payments/${side}-${n % CLUSTERS_PER_SIDE}`);
  const kubeService = `orders-${n}`;
  const providers = clusters.map((cluster, side) => [
    cluster,
    {
      destination: `mgmt-local/${cluster}`,
      eksName: cluster.replace("/", "_"),
      vpcId: `vpc-0a${side}${String(n % CLUSTERS_PER_SIDE).padStart(14, "0")}`,
    },
  ]);
  const rules = spec.rules.map((rule) => ({
    ...rule,
    backends: rule.backends.map((backend, side) => ({ ...backend, cluster: clusters[side] ?? backend.cluster, kubeService })),
  }));
  return {
    ...route,
    name: kubeService,
    serviceName: `payments-${kubeService}`,
    providers: Object.fromEntries(providers),
    spec: { ...spec, rules },
  };
}
