import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PortalError } from "../lib/domain/portal-error.ts";
import type { Actor } from "../lib/domain/tenancy/actor.ts";
import { withProvenance } from "../lib/manifests/provenance.ts";
import { buildRouteObjects } from "../lib/manifests/routes/build-route-objects.ts";
import { routeToBuild } from "../lib/manifests/routes/route-examples.ts";
import { COMMANDS, QUERIES, TOPICS } from "../lib/server/verbs.ts";
import { getCluster } from "../lib/services/clusters/get-cluster.ts";
import { listClusters } from "../lib/services/clusters/list-clusters.ts";
import { getRoute } from "../lib/services/routes/get-route.ts";
import { listRoutes } from "../lib/services/routes/list-routes.ts";
import type { TopicEvent } from "../lib/services/topic.ts";
import { createMatrixWorld, type MatrixWorld } from "./rights-matrix-world.ts";

const SECRET = "unseen";
const namespace = "team-payments";
const HIDDEN = { namespace, name: `${SECRET}-one` };
const SHOWN = { namespace, name: "shown" };

let world: MatrixWorld;
beforeAll(async () => {
  world = await createMatrixWorld();
  world.plant(SHOWN.name, { visibility: "organisation" });
  world.plant(HIDDEN.name, { visibility: "team" });
  plantRoute(SHOWN.name, "organisation");
  plantRoute(HIDDEN.name, "team");
});
afterAll(() => world.close());

function plantRoute(name: string, visibility: "team" | "organisation"): void {
  const example = routeToBuild("one-backend");
  const built = buildRouteObjects({ ...example, name, serviceName: `payments-${name}`, spec: { ...example.spec, visibility } });
  for (const object of [...built.imports, ...built.policies, built.route])
    world.kube.applyAs("trellis", withProvenance(object, { requestId: "R-997", contentHash: "0".repeat(64) }));
}

const readers = (): readonly (readonly [string, Actor])[] => [
  ["viewer", world.everybody.viewer],
  ["screen", world.wall],
];

/** Everything that some verb takes as its input here; whatever a verb refuses by its schema it refuses to all. */
const INPUTS: readonly object[] = [
  {},
  HIDDEN,
  SHOWN,
  { id: "payments" },
  { kind: "cluster.create" },
  { kind: "route.delete", team: "payments", input: HIDDEN },
  { kind: "cluster.delete", team: "payments", input: { ...HIDDEN, typedName: HIDDEN.name } },
  { service: `${namespace}/${HIDDEN.name}`, caller: `cluster/${namespace}/${HIDDEN.name}` },
  { network: "net-prod" },
  { focus: `cluster/mgmt-local/${namespace}/${HIDDEN.name}` },
  { q: SECRET },
];

/** What an answer says, or the code of its refusal. */
async function answerOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    (answer) => JSON.stringify(answer),
    (error: unknown) => {
      if (error instanceof PortalError) return error.code;
      throw error;
    },
  );
}

describe("a viewer and a screen", () => {
  it("find the name of nothing that its team shows to nobody, by no query", async () => {
    for (const [who, actor] of readers())
      for (const query of QUERIES)
        for (const input of INPUTS) {
          const answer = await answerOf(query.execute(input, world.context(actor)));
          expect([who, query.name, answer.includes(SECRET) && !echoes(answer, input)]).toEqual([who, query.name, false]);
        }
  });

  it("get what is not theirs and what is not there with the same code, by every query that names one thing", async () => {
    const nowhere = { namespace, name: "nowhere" };
    for (const [who, actor] of readers())
      for (const query of QUERIES) {
        const ask = (input: object) => answerOf(query.execute(input, world.context(actor)));
        expect([who, query.name, await ask(HIDDEN)]).toEqual([who, query.name, await ask(nowhere)]);
      }
  });

  it("hear nothing of it by any topic, before and after it changes", async () => {
    for (const [who, actor] of readers()) {
      const heard: (readonly [string, TopicEvent])[] = [];
      const closers: (() => void)[] = [];
      for (const topic of TOPICS)
        for (const input of INPUTS) {
          const opened = await topic
            .subscribe(input, world.context(actor), (event) => heard.push([topic.name, event]))
            .catch((error: unknown) => {
              if (error instanceof PortalError) return () => undefined;
              throw error;
            });
          closers.push(opened);
        }
      plantRoute(`${SECRET}-${who}`, "team");
      world.plant(`${SECRET}-${who}`, { visibility: "team" });
      world.plant(`seen-by-${who}`, { visibility: "organisation" });
      await new Promise((resolve) => setTimeout(resolve, 200));
      for (const close of closers) close();
      const named = heard.filter(([, event]) => JSON.stringify(event).includes(`${SECRET}-${who}`));
      expect([who, named.map(([name]) => name)]).toEqual([who, []]);
    }
  });

  it("run no command", async () => {
    for (const [who, actor] of readers())
      for (const command of COMMANDS)
        for (const input of INPUTS) {
          const before = (await world.db.read.audit.head())?.seq ?? 0;
          const answer = await answerOf(command.execute(input, world.context(actor)));
          const done = (await world.db.read.audit.after(before, 10)).filter(({ outcome }) => outcome === "ok");
          expect([who, command.name, ["FORBIDDEN", "NOT_FOUND", "INVALID"].includes(answer), done]).toEqual([who, command.name, true, []]);
        }
  });
});

describe("a viewer", () => {
  it("sees health, owner and description of what is visible to the organisation, and nothing behind it", async () => {
    const ctx = world.context(world.everybody.viewer);
    const clusters = (await listClusters.execute({}, ctx)).items.map(({ name }) => name);
    const routes = (await listRoutes.execute({}, ctx)).items.map(({ name }) => name);
    expect([clusters.includes("shown"), routes.includes("shown")]).toEqual([true, true]);
    expect(await getCluster.execute(SHOWN, ctx)).toMatchObject({ team: "payments", limited: true });
    expect(await getRoute.execute(SHOWN, ctx)).toMatchObject({ team: "payments", limited: true, path: [], objects: [], events: [] });
    for (const query of QUERIES.filter(({ name }) => /\.(manifests|kubeconfig|spec)$|^kubeService/.test(name)))
      expect([query.name, await answerOf(query.execute(SHOWN, ctx))]).toEqual([query.name, "NOT_FOUND"]);
  });
});

describe("server actions", () => {
  it("are doors of verbs that the matrix walks, so that a screen is nobody there and a viewer has her rights only", () => {
    const root = path.resolve(import.meta.dirname, "..");
    const bodies = globSync("lib/actions/*.ts", { cwd: root }).flatMap((file) =>
      [...readFileSync(path.join(root, file), "utf8").matchAll(/export async function (\w+)\([^)]*\)[^{]*\{\s*([\s\S]*?)\n\}/g)].map(
        ([, name, body]) => [name, body?.trim()] as const,
      ),
    );
    const others = bodies.filter(([, body]) => !/^return runAction\(\w+, \w+\);$/.test(body ?? ""));
    expect(others.map(([name]) => name)).toEqual(["setLocaleAction"]);
  });
});

/** An answer may repeat what was asked ("no such kind …"); it must not say more of it. */
function echoes(answer: string, input: object): boolean {
  return answer.split(SECRET).length <= JSON.stringify(input).split(SECRET).length;
}
