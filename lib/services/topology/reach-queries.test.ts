import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PortalError } from "../../domain/portal-error.ts";
import type { Person } from "../../domain/tenancy/actor.ts";
import { ReachAnswer, ReachMatrix, ReachOptions } from "../../domain/topology/reach-view.ts";
import { routeToBuild } from "../../manifests/routes/route-examples.ts";
import { CALLER_VPC } from "../../read-models/routes/testing.ts";
import { createRouteWorld, payments, type RouteWorld, shop } from "../routes/testing/route-world.ts";
import { askReach } from "./ask-reach.ts";
import { reachMatrix } from "./reach-matrix.ts";
import { reachOptions } from "./reach-options.ts";

let world: RouteWorld;
let dev: Person;
let seller: Person;
let stranger: Person;
const SHARED = routeToBuild("allow-list");
const OWN = { ...SHARED, spec: { ...SHARED.spec, visibility: "team" as const } };
const ORDERS = "team-payments/orders";

beforeEach(async () => {
  world = await createRouteWorld();
  dev = await world.person("dev", { teams: [[payments, "developer"]] });
  seller = await world.person("seller", { teams: [[shop, "developer"]] });
  stranger = await world.person("stranger");
});
afterEach(() => world.close());

async function plant(route = SHARED): Promise<void> {
  world.fleet.plant(route);
  world.fleet.hold(route);
  await world.settle();
}

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => "none",
    (error: unknown) => (error instanceof PortalError ? `${error.code} ${error.key}` : String(error)),
  );
}

describe("asking whether a call arrives", () => {
  it("answers every layer with evidence to the route's own team", async () => {
    await plant(OWN);
    const answer = ReachAnswer.parse(await askReach.execute({ caller: `vpc/${CALLER_VPC}`, service: ORDERS }, world.as(dev)));
    expect(answer.layers[0]).toMatchObject({ id: "vpc", state: "passed" });
    expect(answer.layers[0]?.evidence).toContain(CALLER_VPC);
    expect(answer.caller).toMatchObject({ kind: "vpc", vpcId: CALLER_VPC });
  });

  it("gives readers outside the team no evidence", async () => {
    await plant(SHARED);
    const answer = await askReach.execute({ caller: `vpc/${CALLER_VPC}`, service: ORDERS }, world.as(seller));
    expect(answer.layers.every(({ evidence }) => evidence === null)).toBe(true);
  });

  it("reads the same for a service or caller that is not there and one that is not hers", async () => {
    await plant(OWN);
    const ask = (actor: Person, caller: string, service: string) => codeOf(askReach.execute({ caller, service }, world.as(actor)));
    const role = "role/arn:aws:iam::333344445555:role/cart";
    expect(await ask(seller, role, ORDERS)).toBe("NOT_FOUND notFound");
    expect(await ask(seller, role, "team-payments/nowhere")).toBe("NOT_FOUND notFound");
    expect(await ask(dev, role, "aws.333344445555/nowhere")).toBe("NOT_FOUND notFound");
    expect(await ask(dev, role, ORDERS)).toBe("none");
    for (const caller of ["vpc/vpc-0123", "cluster/team-shop/hidden", "role/cart", "nonsense"])
      expect(await ask(dev, caller, ORDERS)).toBe("NOT_FOUND notFound");
    await plant(SHARED);
    expect(await ask(stranger, `vpc/${CALLER_VPC}`, ORDERS)).toBe("NOT_FOUND notFound");
  });

  it("has the service read again soon, and never one that Lattice or the asker does not know", async () => {
    await plant(OWN);
    const { facts } = world.as(dev);
    const wanted = () => [...facts.accounts()].flatMap((account) => [...facts.pollState(account, new Set()).wanted.keys()]);
    const before = wanted();
    const ask = (actor: Person, service: string) => codeOf(askReach.execute({ caller: `vpc/${CALLER_VPC}`, service }, world.as(actor)));
    await ask(seller, ORDERS);
    await ask(dev, "team-payments/nowhere");
    await ask(dev, "aws.333344445555/nowhere");
    expect(wanted()).toEqual(before);
    expect(await ask(dev, ORDERS)).toBe("none");
    expect(wanted()).toEqual([...new Set([...before, OWN.serviceName])]);
  });

  it("says no on a port that nothing listens on, with the listener as the first failure", async () => {
    await plant(OWN);
    const answer = await askReach.execute({ caller: `vpc/${CALLER_VPC}`, service: ORDERS, port: 8080, path: "/v1/x" }, world.as(dev));
    expect(answer.call).toEqual({ method: "GET", path: "/v1/x", headers: [] });
    expect({ verdict: answer.verdict, firstFailure: answer.firstFailure }).toEqual({ verdict: "no", firstFailure: "listener" });
  });
});

describe("what one may ask about", () => {
  it("offers the services, VPCs and networks that the reader sees", async () => {
    await plant(OWN);
    const own = ReachOptions.parse(await reachOptions.execute({}, world.as(dev)));
    expect(own.services.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([ORDERS]);
    expect(own.networks).toEqual(["net-prod"]);
    expect(own.callers.map(({ id }) => id)).toContain(`vpc/${CALLER_VPC}`);
    expect(await reachOptions.execute({}, world.as(stranger))).toEqual({ callers: [], services: [], networks: [] });
  });
});

describe("the matrix of a network", () => {
  it("has a cell for every cluster and service, and is not found for whoever may not see the network", async () => {
    await plant(OWN);
    const matrix = ReachMatrix.parse(await reachMatrix.execute({ network: "net-prod" }, world.as(dev)));
    expect(matrix.services.map(({ name }) => name)).toEqual(["orders"]);
    expect(matrix.cells).toHaveLength(matrix.callers.length);
    expect(await codeOf(reachMatrix.execute({ network: "net-prod" }, world.as(stranger)))).toBe("NOT_FOUND notFound");
    expect(await codeOf(reachMatrix.execute({ network: "nowhere" }, world.as(dev)))).toBe("NOT_FOUND notFound");
  });
});
