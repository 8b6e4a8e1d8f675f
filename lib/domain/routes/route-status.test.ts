import { describe, expect, it } from "vitest";
import type { ObservedLattice, ObservedRoute } from "./observed-route.ts";
import { nextRouteStatusChange, routeStatus } from "./route-status.ts";
import { PROOFS } from "./route-view.ts";
import {
  anExport,
  anImport,
  BACKEND,
  condition,
  group,
  lattice,
  latticeRule,
  listener,
  NOW,
  observedRoute,
  parent,
  provider,
  secondsAgo,
  seen,
  serviceNetwork,
  target,
} from "./testing.ts";

const young = { generationSeenAt: secondsAgo(20) };
const stateOf = (more: Partial<ObservedRoute>) => routeStatus(observedRoute(more), NOW).state;
const withLattice = (more: Partial<ObservedLattice>) => ({ lattice: lattice(more) });
const associated = (status: string) => seen((lattice().associations?.value ?? []).map((one) => ({ ...one, status })));
const targets = (...statuses: readonly string[]) =>
  withLattice({
    groups: [
      group(
        "orders",
        statuses.map((status, index) => target(`10.0.1.1${index}`, status)),
      ),
    ],
  });
const service = (status: string) => seen({ ...(lattice().service?.value ?? missing()), status });

function missing(): never {
  throw new Error("the test's lattice has a service");
}

/** A second cluster behind the same rule. */
function twoSides(first: readonly string[], second: readonly string[]): Partial<ObservedRoute> {
  const sides = [first, second].map((statuses, side) =>
    group(
      side === 0 ? "orders" : "orders-next",
      statuses.map((status, index) => target(`10.0.${side}.${index}`, status)),
    ),
  );
  return {
    imports: [anImport("orders"), anImport("orders-next")],
    providers: [provider({ exports: [anExport("orders"), anExport("orders-next")] })],
    rules: [
      {
        match: { headers: [] },
        backends: [
          { ...BACKEND, weight: 90 },
          { ...BACKEND, name: "payments-checkout-orders-next", weight: 10 },
        ],
        unsupported: [],
      },
    ],
    lattice: lattice({
      groups: sides,
      listeners: seen([
        listener([latticeRule(sides.map(({ group: { value } }, side) => ({ targetGroupId: value.id, weight: side === 0 ? 90 : 10 })))]),
      ]),
    }),
  };
}

describe("the state, first that fits", () => {
  it.each<[string, Partial<ObservedRoute>]>([
    ["ok", {}],
    ["deleting", { deletingSince: secondsAgo(5) }],
    ["failed", { parents: [parent([condition("Accepted", "False", { reason: "NotAllowedByListeners" })])] }],
    ["failed", { parents: [parent([condition("Accepted", "True"), condition("ResolvedRefs", "False", { reason: "BackendNotFound" })])] }],
    ["failed", withLattice({ service: service("CREATE_FAILED") })],
    ["failed", withLattice({ associations: associated("CREATE_FAILED") })],
    ["missing", withLattice({ service: null })],
    ["provisioning", { ...young, ...withLattice({ service: null }) }],
    ["provisioning", { ...young, ...withLattice({ associations: seen([]) }) }],
    ["provisioning", { ...young, ...withLattice({ associations: associated("CREATE_IN_PROGRESS") }) }],
    ["provisioning", { ...young, ...withLattice({ listeners: seen([]) }) }],
    ["provisioning", { ...young, ...withLattice({ listeners: seen([listener([])]) }) }],
    ["failed", withLattice({ associations: associated("CREATE_IN_PROGRESS") })],
    ["unattached", withLattice({ associations: seen([]) })],
    ["misconfigured", withLattice({ listeners: seen([]) })],
    ["misconfigured", withLattice({ listeners: seen([listener([])]) })],
    ["misconfigured", withLattice({ listeners: seen([listener([latticeRule([], { action: { forward: [], fixedStatus: 500 } })])]) })],
    ["failed", withLattice({ listeners: seen([listener([latticeRule([{ targetGroupId: "tg-other", weight: 1 }])])]) })],
    ["provisioning", { ...young, ...targets("INITIAL") }],
    ["provisioning", targets("INITIAL")],
    ["down", targets("UNHEALTHY", "UNHEALTHY")],
    ["down", targets()],
    ["down", targets("UNUSED")],
    ["degraded", targets("HEALTHY", "UNHEALTHY")],
    ["degraded", twoSides(["HEALTHY"], ["UNHEALTHY"])],
    ["degraded", twoSides(["HEALTHY"], ["INITIAL"])],
    ["ok", twoSides(["HEALTHY"], ["UNAVAILABLE"])],
    ["down", twoSides(["UNHEALTHY"], [])],
    ["unchecked", targets("UNAVAILABLE")],
    ["unknown", withLattice({ groups: [group("orders", null)] })],
  ])("%s", (state, more) => expect(stateOf(more)).toBe(state));

  it("does not look at Events: a Warning makes no failure, DeploySucceed no success", () => {
    const warning = { ...observedRoute().events[0], type: "Warning" as const, reason: "FailedDeployModel", lastAt: NOW };
    expect(stateOf({ events: observedRoute().events.map((event) => ({ ...event, ...warning })) })).toBe("ok");
    expect(stateOf({ ...withLattice({ associations: seen([]) }) })).not.toBe("ok");
  });

  it("does not hold conditions about an older generation against the new one", () => {
    const refused = [condition("Accepted", "False", { reason: "NoMatchingParent" })];
    expect(stateOf({ generation: 2, ...young, parents: [parent(refused, 1)] })).toBe("ok");
    expect(stateOf({ generation: 2, ...young, parents: [parent(refused, 2)] })).toBe("failed");
  });

  it("says that Lattice fails open when every target is unhealthy", () => {
    const { sentence, glyph } = routeStatus(observedRoute(targets("UNHEALTHY")), NOW);
    expect(JSON.stringify(sentence)).toContain("routeStatus.fact.downFailOpen");
    expect(glyph).toBe("failed");
  });

  it("never blends health with reachability: a consumer that is cut off leaves it ok, said in its own proof", () => {
    const cut = observedRoute(withLattice({ networks: [serviceNetwork({ vpcs: seen([]) })] }));
    const status = routeStatus(cut, NOW);
    expect(status.state).toBe("ok");
    expect(status.proofs.find(({ id }) => id === "consumers")).toMatchObject({ state: "failed" });
  });
});

describe("the age of the evidence", () => {
  it.each<[string, Partial<ObservedRoute>]>([
    ["the watches are silent", { freshAt: secondsAgo(120) }],
    ["the watches never spoke", { freshAt: null }],
    ["Lattice was never read", { lattice: null }],
    [
      "the list of services is three periods old",
      withLattice({ servicesAt: secondsAgo(181), service: seen({ ...(lattice().service?.value ?? missing()) }, 181) }),
    ],
    ["the associations are three periods old", withLattice({ associations: seen(lattice().associations?.value ?? [], 181) })],
    [
      "targets are three of their periods old",
      withLattice({ groups: [{ ...group("orders", []), targets: seen([target("10.0.1.10")], 901) }] }),
    ],
  ])("puts the light out when %s", (_name, more) => {
    const status = routeStatus(observedRoute(more), NOW);
    expect(status).toMatchObject({ state: "unknown", glyph: "unknown" });
    expect(status.findings.map(({ code }) => code)).toEqual(expect.arrayContaining([expect.stringMatching(/^TRL-RTE-04[89]$/)]));
  });

  it("says why: throttled, denied, or old", () => {
    const old = { servicesAt: secondsAgo(400), service: null };
    const factOf = (error: string | null, throttledUntil: string | null) =>
      JSON.stringify(
        routeStatus(observedRoute(withLattice({ ...old, health: { ...lattice().health, error, throttledUntil } })), NOW).sentence,
      );
    expect(factOf(null, null)).toContain("fact.lattice.old");
    expect(factOf("errors.lattice.denied", null)).toContain("fact.lattice.denied");
    expect(factOf(null, secondsAgo(-30).toISOString())).toContain("fact.lattice.throttled");
  });

  it("is the age of the oldest proof used, and keeps the controller's times out of it", () => {
    const { evidenceAt, since } = routeStatus(
      observedRoute(withLattice({ associations: seen(lattice().associations?.value ?? [], 55) })),
      NOW,
    );
    expect(evidenceAt).toBe(secondsAgo(55).toISOString());
    expect(since).toBeNull();
  });

  it("knows when time alone will change what it says", () => {
    for (const more of [{}, young, { ...young, ...withLattice({ associations: seen([]) }) }, targets("INITIAL")]) {
      const observed = observedRoute(more);
      const due = nextRouteStatusChange(observed, NOW);
      if (due === null) throw new Error("a route on evidence always changes at some time");
      const before = new Date(due.getTime() - 1);
      const atFresh = (now: Date) => routeStatus({ ...observed, freshAt: now }, now);
      expect(atFresh(before).state).toBe(routeStatus(observed, NOW).state);
    }
  });
});

describe("the proofs", () => {
  it("stand in order, each with evidence, its raw words and its time", () => {
    const { proofs } = routeStatus(observedRoute(), NOW);
    expect(proofs.map(({ id, state }) => [id, state])).toEqual(PROOFS.map((id) => [id, "proven"]));
    expect(proofs.every(({ at, raw, id }) => at !== null && (raw !== null || id === "rules" || id === "consumers"))).toBe(true);
  });

  it("wait within the deadline and fail after it", () => {
    const proofOf = (more: Partial<ObservedRoute>, id: string) =>
      routeStatus(observedRoute(more), NOW).proofs.find((proof) => proof.id === id)?.state;
    const empty = withLattice({ listeners: seen([listener([])]), associations: seen([]) });
    expect(proofOf({ ...young, ...empty }, "rules")).toBe("waiting");
    expect(proofOf(empty, "rules")).toBe("failed");
    expect(proofOf({ ...young, ...empty }, "association")).toBe("waiting");
    expect(proofOf(empty, "association")).toBe("failed");
    expect(proofOf({ providers: [provider({ error: "errors.kubernetes.tenantUnreachable", exports: [] })] }, "export")).toBe("unknown");
    expect(proofOf({ providers: [provider({ exports: [] })] }, "export")).toBe("failed");
    expect(proofOf({ policy: null }, "policy")).toBe("none");
  });

  it("does not take rules read before this generation for an answer about it", () => {
    const changed = observedRoute({
      generation: 2,
      generationSeenAt: secondsAgo(5),
      rules: [{ match: { headers: [] }, backends: [{ ...BACKEND, weight: 7 }], unsupported: [] }],
    });
    expect(routeStatus(changed, NOW)).toMatchObject({ state: "provisioning" });
    expect(routeStatus({ ...changed, generationSeenAt: secondsAgo(400) }, NOW).state).toBe("failed");
  });
});
