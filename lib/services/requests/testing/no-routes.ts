import type { LatticePort } from "../../../adapters/lattice/port.ts";
import { createFakeLog, createFakeMetrics } from "../../../adapters/telemetry/fake.ts";
import { PortalError } from "../../../domain/portal-error.ts";
import { createFactStore } from "../../../read-models/routes/create-fact-store.ts";
import type { RouteIndex } from "../../../read-models/routes/route-index.ts";
import type { TopologyIndex } from "../../../read-models/topology/topology-index.ts";
import type { Context } from "../../context.ts";

const refuse = async (): Promise<never> => {
  throw new PortalError("UNAVAILABLE", "lattice.unreachable");
};
const lattice: LatticePort = {
  listServices: refuse,
  findService: refuse,
  findServiceNetwork: refuse,
  findVpcAssociation: refuse,
  listServiceNetworks: refuse,
  listServiceAssociations: refuse,
  listVpcAssociations: refuse,
  listTargetGroups: refuse,
  findTargetGroup: refuse,
  listTargets: refuse,
  listListeners: refuse,
  findAuthPolicy: refuse,
  listAccessLogs: refuse,
  listTags: refuse,
  share: () => undefined,
  pace: () => ({ callsPerSecond: 5, throttledUntil: null }),
  close: () => undefined,
};
const routes: RouteIndex = {
  get: () => undefined,
  find: () => undefined,
  uidOf: () => undefined,
  keys: () => [].values(),
  values: () => [].values(),
  row: () => undefined,
  usersOfExport: () => [],
  provider: () => undefined,
  version: () => 0,
  subscribe: () => () => undefined,
  close: () => undefined,
};
const topology: TopologyIndex = {
  graph: () => ({ drafts: [], edges: [] }),
  sources: () => [],
  configuration: () => topology,
  version: () => 0,
  subscribe: () => () => undefined,
  close: () => undefined,
};
const facts = createFactStore({ clock: { now: () => new Date() }, log: createFakeLog(), metrics: createFakeMetrics() });

/** A world without routes, for tests of features that know none: Lattice does not answer. */
export const noRoutes: Pick<Context, "lattice" | "routes" | "facts" | "topology" | "impactOf"> = {
  lattice,
  routes,
  facts,
  topology,
  impactOf: async () => null,
};
