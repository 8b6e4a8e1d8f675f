import { linksOf } from "../../../lib/domain/topology/topology-graph.ts";
import { type MapBox, NO_NETWORK, type Nowhere, UNJOINED } from "./map-layout.ts";
import type { MapGraph } from "./map-view.ts";

export type TreeRow = { readonly id: string; readonly badge: string | null };
export type TreeCell = { readonly id: string; readonly kind: "cluster" | "cell"; readonly rows: readonly TreeRow[] };
export type TreeVpc = {
  readonly key: string;
  readonly node: string | null;
  readonly nowhere: Nowhere | null;
  readonly band: string;
  readonly cells: readonly TreeCell[];
};
export type TreeAccount = {
  readonly key: string;
  readonly node: string | null;
  readonly nowhere: Nowhere | null;
  readonly vpcs: readonly TreeVpc[];
  readonly band: string;
};
export type TreePort = { readonly id: string; readonly band: string; readonly providers: readonly string[] };

/** What stands in what, before anything has a position. `anchor`: the box at which the lines of a node end. */
export type MapTree = {
  readonly networks: readonly string[];
  readonly accounts: readonly TreeAccount[];
  readonly ports: readonly TreePort[];
  readonly anchor: ReadonlyMap<string, string>;
};

const NOWHERE_VPC = "no-vpc";
const WEIGHT = { join: 100, serve: 3, call: 1 } as const;

/** Sorts what the view holds into accounts, VPCs, cells and ports. A place once taken (`before`) is kept as long as it exists. */
export function treeOf(view: MapGraph, before: readonly MapBox[]): MapTree {
  const links = linksOf(view);
  const networks = view.nodes.filter(({ kind }) => kind === "network").map(({ id }) => id);
  const inView = new Set(view.nodes.map(({ id }) => id));
  const bandBefore = new Map(
    before.filter(({ kind }) => kind === "port" || kind === "vpc").map(({ node, key, band }) => [node ?? key, band]),
  );
  const isBand = (band: string | undefined): band is string => band !== undefined && (band === NO_NETWORK || inView.has(band));

  const homesOf = (service: string) =>
    links
      .out(service, "associated-with")
      .map(({ to }) => to)
      .filter((to) => links.node(to)?.kind === "network");
  const bandOfService = (service: string): string => {
    const homes = homesOf(service);
    const known = bandBefore.get(service);
    return known !== undefined && homes.includes(known) ? known : ([...homes].sort()[0] ?? UNJOINED);
  };

  const slots = slotsOf(view);
  const { vpcOf, cellOf } = slots;
  const anchorOf = (id: string) => cellOf.get(id) ?? id;
  const votes = new Map<string, Map<string, number>>();
  const vote = (vpc: string | undefined, band: string, weight: number) => {
    if (vpc === undefined || band === UNJOINED) return;
    const of = votes.get(vpc) ?? new Map<string, number>();
    votes.set(vpc, of.set(band, (of.get(band) ?? 0) + weight));
  };
  const providers = new Map<string, string[]>();
  for (const { kind, from, to } of view.edges) {
    if (kind === "associated-with" && links.node(from)?.kind === "vpc") vote(from, to, WEIGHT.join);
    if (kind === "routes-to") {
      const list = providers.get(from) ?? [];
      providers.set(from, [...list, anchorOf(to)]);
      vote(vpcOf.get(anchorOf(to)), bandOfService(from), WEIGHT.serve);
    }
    if (kind === "may-call") vote(vpcOf.get(anchorOf(from)), bandOfService(to), WEIGHT.call);
  }
  const winner = (of: ReadonlyMap<string, number> | undefined): string | undefined =>
    [...(of ?? [])].sort(([one, many], [other, few]) => few - many || (one < other ? -1 : 1))[0]?.[0];
  const ownNetwork = new Map(
    view.nodes.flatMap(({ id, kind, parent }) => (kind === "network" && parent !== null ? [[parent, id] as const] : [])).reverse(),
  );

  const accounts = slots.accounts.flatMap(({ key, node, nowhere, vpcs }): TreeAccount[] => {
    const all = new Map<string, number>();
    for (const { key: vpc } of vpcs) for (const [band, weight] of votes.get(vpc) ?? []) all.set(band, (all.get(band) ?? 0) + weight);
    const fallback =
      nowhere === "management" ? NO_NETWORK : (winner(all) ?? (node === null ? undefined : ownNetwork.get(node)) ?? NO_NETWORK);
    const placed = vpcs.map((vpc): TreeVpc => {
      const known = bandBefore.get(vpc.node ?? vpc.key);
      return { ...vpc, band: isBand(known) ? known : (winner(votes.get(vpc.key)) ?? fallback) };
    });
    const bands = placed.length === 0 ? [fallback] : [...new Set(placed.map(({ band }) => band))];
    return bands.map((band) => ({ key, node, nowhere, band, vpcs: placed.filter((vpc) => vpc.band === band) }));
  });
  const ports = view.nodes
    .filter(({ kind }) => kind === "route" || kind === "lattice-service")
    .map(({ id }): TreePort => ({ id, band: bandOfService(id), providers: providers.get(id) ?? [] }));
  const unjoined = ports.some(({ band }) => band === UNJOINED) ? [UNJOINED] : [];
  return { networks: [...networks, ...unjoined], accounts, ports, anchor: cellOf };
}

type MapNode = MapGraph["nodes"][number];
type Slot = { readonly key: string; readonly node: string | null; readonly nowhere: Nowhere | null };
type SlotVpc = Slot & { readonly cells: TreeCell[] };
type SlotAccount = Slot & { readonly vpcs: SlotVpc[] };

function slotsOf(view: MapGraph) {
  const links = linksOf(view);
  const accounts = new Map<string, SlotAccount>();
  const vpcs = new Map<string, SlotVpc>();
  const cells = new Map<string, TreeRow[]>();
  /** The cell that stands for a row, a badge or itself. */
  const cellOf = new Map<string, string>();
  /** The VPC of a cell. */
  const vpcOf = new Map<string, string>();

  const account = (id: string | null, nowhere: Nowhere | null = null): SlotAccount => {
    const key = id ?? nowhere ?? "no-account";
    const made = accounts.get(key) ?? { key, node: id, nowhere: id === null ? (nowhere ?? "no-account") : null, vpcs: [] };
    accounts.set(key, made);
    return made;
  };
  const accountOf = (node: MapNode): SlotAccount => {
    const outer = [node, ...links.ancestors(node.id)].find(({ kind }) => kind === "account");
    const named = node.account === null ? undefined : links.node(`account/${node.account}`);
    return account((outer ?? named)?.id ?? null);
  };
  const vpc = (node: MapNode): SlotVpc => {
    const found = vpcs.get(node.id);
    if (found !== undefined) return found;
    const made: SlotVpc = { key: node.id, node: node.id, nowhere: null, cells: [] };
    accountOf(node).vpcs.push(made);
    vpcs.set(node.id, made);
    return made;
  };
  const vpcless = (of: SlotAccount): SlotVpc => {
    const key = `${NOWHERE_VPC}/${of.key}`;
    const found = vpcs.get(key);
    if (found !== undefined) return found;
    const made: SlotVpc = { key, node: null, nowhere: "no-vpc", cells: [] };
    of.vpcs.push(made);
    vpcs.set(key, made);
    return made;
  };
  const homeOf = (node: MapNode): SlotVpc => {
    const outer = links.ancestors(node.id).find(({ kind }) => kind === "vpc");
    return outer === undefined ? vpcless(accountOf(node)) : vpc(outer);
  };
  const addCell = (node: MapNode, kind: TreeCell["kind"], home: SlotVpc) => {
    const rows: TreeRow[] = [];
    cells.set(node.id, rows);
    home.cells.push({ id: node.id, kind, rows });
    cellOf.set(node.id, node.id);
    vpcOf.set(node.id, home.key);
  };
  const of = (...kinds: MapNode["kind"][]) => view.nodes.filter(({ kind }) => kinds.includes(kind));

  for (const node of of("account")) account(node.id);
  for (const node of of("vpc")) vpc(node);
  for (const node of of("management-cluster")) addCell(node, "cell", vpcless(account(null, "management")));
  for (const node of of("cluster")) addCell(node, "cluster", homeOf(node));
  for (const node of of("kube-service", "consumer")) {
    const rows = node.parent === null ? undefined : cells.get(node.parent);
    if (rows === undefined || node.parent === null) {
      addCell(node, "cell", homeOf(node));
      continue;
    }
    rows.push({ id: node.id, badge: null });
    cellOf.set(node.id, node.parent);
  }
  for (const node of of("target-group")) {
    const feeder = links.into(node.id, "exports").find(({ from }) => links.node(from)?.kind === "kube-service")?.from;
    const cell = feeder === undefined ? undefined : cellOf.get(feeder);
    const rows = cell === undefined ? undefined : cells.get(cell);
    const at = rows?.findIndex(({ id, badge }) => id === feeder && badge === null) ?? -1;
    if (rows !== undefined && cell !== undefined && cell !== feeder) {
      const row = rows[at];
      if (row === undefined) rows.push({ id: node.id, badge: null });
      else rows[at] = { ...row, badge: node.id };
      cellOf.set(node.id, cell);
    } else addCell(node, "cell", homeOf(node));
  }
  for (const key of vpcs.keys()) {
    cellOf.set(key, key);
    vpcOf.set(key, key);
  }
  for (const { key, node } of accounts.values()) if (node !== null) cellOf.set(node, key);
  return { accounts: [...accounts.values()].filter(({ node, vpcs: inside }) => node !== null || inside.length > 0), cellOf, vpcOf };
}
