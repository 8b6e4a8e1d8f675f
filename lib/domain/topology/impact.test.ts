import { describe, expect, it } from "vitest";
import { impactFor } from "../requests/impact.ts";
import type { ObservedConsumer } from "../routes/observed-route.ts";
import { anImport, BACKEND, lattice, NOW, observedRoute, serviceNetwork } from "../routes/testing.ts";
import { clusterImpact, routeImpact } from "./impact.ts";

const CHECKOUT = { managementCluster: "mgmt-local", namespace: "team-payments", name: "checkout" };
const STOREFRONT = { managementCluster: "mgmt-local", namespace: "team-shop", name: "storefront" };
const ELSEWHERE = { ...BACKEND, name: "payments-other-orders" };
const caller: ObservedConsumer = {
  team: "shop",
  name: "cart",
  cluster: "team-shop/storefront",
  vpcId: "vpc-0c0ffee0",
  roleArn: "arn:aws:iam::333344445555:role/cart",
  methods: [],
  paths: [],
};
const twoSides = observedRoute({
  name: "split",
  rules: [{ match: { headers: [] }, backends: [BACKEND, ELSEWHERE], unsupported: [] }],
  imports: [anImport("orders"), anImport("orders", { name: ELSEWHERE.name, clusterName: "team-payments_other" })],
  consumers: [],
});
const words = ({ dependents }: ReturnType<typeof clusterImpact>) =>
  dependents.map(({ kind, name, team, sentence }) => `${kind} ${name} of ${team}: ${sentence.messageKey}`);

describe("the end of a cluster", () => {
  it("names routes that it alone serves with their callers first, then those that lose a part", () => {
    const impact = clusterImpact(CHECKOUT, [twoSides, observedRoute()], NOW);
    expect(words(impact)).toEqual([
      "route orders of payments: impact.losesAll",
      "route split of payments: impact.losesSome",
      "consumer cart of shop: impact.callsStopped",
    ]);
    expect(impact.sentence.values).toEqual({ routes: 2, down: 1, callers: 1 });
    expect(impact.dependents[1]?.sentence.values).toEqual({ lost: 1, count: 2 });
  });

  it("names who calls from inside it", () => {
    expect(words(clusterImpact(STOREFRONT, [observedRoute(), twoSides], NOW))).toEqual(["consumer cart of shop: impact.callsFromHere"]);
  });

  it("counts no backend that gets no calls, and no cluster of that name elsewhere", () => {
    const idle = observedRoute({ rules: [{ match: { headers: [] }, backends: [{ ...BACKEND, weight: 0 }], unsupported: [] }] });
    expect(clusterImpact(CHECKOUT, [idle], NOW).dependents).toEqual([]);
    expect(clusterImpact({ ...CHECKOUT, managementCluster: "mgmt-other" }, [observedRoute()], NOW).dependents).toEqual([]);
  });

  it("leaves out callers that are cut off already", () => {
    const cutOff = observedRoute({ lattice: lattice({ networks: [serviceNetwork({ vpcs: { value: [], at: NOW } })] }) });
    expect(words(clusterImpact(CHECKOUT, [cutOff], NOW))).toEqual(["route orders of payments: impact.losesAll"]);
  });

  it("keeps the first two hundred and counts the rest", () => {
    const many = Array.from({ length: 250 }, (_, n) => observedRoute({ name: `r-${String(n).padStart(3, "0")}`, consumers: [] }));
    const impact = clusterImpact(CHECKOUT, many, NOW);
    expect([impact.dependents.length, impact.cut, impact.sentence.values["routes"]]).toEqual([200, 50, 250]);
    expect(impactFor(impact, null).hidden).toBe(50);
  });
});

describe("the end of a route", () => {
  it("names its callers", () => {
    expect(words(routeImpact(observedRoute({ consumers: [caller] }), "orders", NOW))).toEqual(["consumer cart of shop: impact.calls"]);
    expect(routeImpact(undefined, "orders", NOW)).toMatchObject({ sentence: { values: { callers: 0, name: "orders" } }, dependents: [] });
  });
});

describe("what a reader may see of it", () => {
  const secret = observedRoute({ name: "secret", team: "shop", namespace: "team-shop", visibility: "team", imports: [], rules: [] });
  const impact = clusterImpact(STOREFRONT, [observedRoute({ visibility: "organisation" }), secret], NOW);

  it("counts things of other teams that are not visible to the organisation, without their names", () => {
    const shown = impactFor(impact, (team) => team === "payments");
    expect([shown.dependents.map(({ sentence }) => sentence.values["route"]), shown.hidden]).toEqual([["orders"], 1]);
    expect(JSON.stringify(shown).includes("secret")).toBe(false);
  });

  it("names them to their team and to whoever sees all", () => {
    for (const isOf of [(team: string) => team === "shop", null])
      expect(impactFor(impact, isOf)).toMatchObject({ hidden: 0, teams: ["shop"] });
  });

  it("names what no team owns to whoever sees all only", () => {
    const foreign = clusterImpact(CHECKOUT, [observedRoute({ team: null, managed: false, consumers: [] })], NOW);
    expect([impactFor(foreign, () => true).hidden, impactFor(foreign, null).hidden]).toEqual([1, 0]);
  });
});
