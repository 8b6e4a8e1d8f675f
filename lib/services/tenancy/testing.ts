import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { createTestDatabase } from "../../adapters/database/testing.ts";
import { createFakeKubernetes } from "../../adapters/kubernetes/fake.ts";
import { createFakeLog, createFakeMetrics } from "../../adapters/telemetry/fake.ts";
import type { ObservedCluster } from "../../domain/clusters/observed-cluster.ts";
import type { Person, SystemActor } from "../../domain/tenancy/actor.ts";
import { BootstrapFile } from "../../domain/tenancy/bootstrap.ts";
import type { ClusterIndex } from "../../read-models/clusters/cluster-index.ts";
import type { Context } from "../context.ts";
import { requestKind, requestKindsOf } from "../requests/request-kinds.ts";
import { noRoutes } from "../requests/testing/no-routes.ts";
import { tenancyBootstrapKind } from "./tenancy-bootstrap-kind.ts";

const RawFile = z.record(z.string(), z.unknown());
export const ISSUER = "https://issuer.example";
export const TOKEN_HASH = "ab".repeat(32);
const text = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");
const Blueprint = BootstrapFile.shape.blueprints.element;

/** A small, whole bootstrap file. */
export function bootstrapFile(change: Partial<BootstrapFile> = {}): BootstrapFile {
  const blueprint = { ...Blueprint.parse(parse(text("../../../sandbox/seed/blueprints/eks-small.yaml"))), policy: "one-platform-admin" };
  return { ...BootstrapFile.parse({ ...RawFile.parse(parse(text("testdata/bootstrap.yaml"))), blueprints: [blueprint] }), ...change };
}

/** Use cases of tenancy and audit over the real database on PGlite and the fake Kubernetes. */
export async function createTenancyWorld() {
  let now = new Date("2026-11-22T09:00:00.000Z");
  const clock = { now: () => now };
  const db = await createTestDatabase({ clock });
  const kube = createFakeKubernetes({ clock });
  const observed: ObservedCluster[] = [];
  const log = createFakeLog();
  const base: Omit<Context, "actor"> = {
    signal: new AbortController().signal,
    clock,
    db,
    kube,
    ...noRoutes,
    clusters: indexOver(observed),
    kinds: requestKindsOf([requestKind(tenancyBootstrapKind)]),
    settings: {
      installationId: "test",
      baseUrl: "http://localhost:3000",
      requestTtlDays: 7,
      deliveryLeaseMs: 30_000,
      kubernetesUser: "trellis",
    },
    log,
    metrics: createFakeMetrics(),
    wakeDelivery: () => undefined,
    randomId: () => crypto.randomUUID(),
  };
  const as = (actor: Person | SystemActor): Context => ({ ...base, actor });
  return {
    db,
    kube,
    log,
    observed,
    as,
    system: (name: SystemActor["name"]): Context => as({ type: "system", name }),
    advance: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    now: () => now,
    rows: async () => db.read.audit.after(0, 1000),
    close: () => db.close(),
  };
}
export type TenancyWorld = Awaited<ReturnType<typeof createTenancyWorld>>;

function indexOver(observed: readonly ObservedCluster[]): ClusterIndex {
  return {
    get: () => undefined,
    find: () => undefined,
    values: () => observed.values(),
    row: () => undefined,
    version: () => 0,
    subscribe: () => () => undefined,
  };
}
