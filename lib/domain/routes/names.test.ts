import * as fc from "fast-check";
import { expect, it } from "vitest";
import { TeamId } from "../ids.ts";
import { exportKey, exportOf, importNameOf } from "./export-names.ts";
import { RouteName } from "./route-input.ts";
import { tagsText } from "./route-tags.ts";
import { allotServiceName, isListenerName, isServiceName, latticeNameKey, listenerNameOf } from "./service-name.ts";

const team = fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/).filter((text) => TeamId.safeParse(text).success);
const route = fc.stringMatching(/^[a-z][-a-z0-9]{1,38}[a-z0-9]$/).filter((text) => RouteName.safeParse(text).success);

it("allots a name that Lattice takes and nobody holds, the same one each time", () => {
  fc.assert(
    fc.property(team, route, fc.nat({ max: 5 }), (owner, name, count) => {
      const taken = new Set<string>();
      for (let index = 0; index <= count; index += 1) {
        const allotted = allotServiceName(owner, name, (one) => taken.has(one));
        expect(isServiceName(allotted)).toBe(true);
        expect(taken.has(allotted)).toBe(false);
        expect(allotServiceName(owner, name, (one) => taken.has(one))).toBe(allotted);
        taken.add(allotted);
      }
    }),
  );
});

it("keeps a short name readable, and says so when no name is left", () => {
  const free = () => false;
  expect(allotServiceName("payments", "orders", free)).toBe("payments-orders");
  expect(allotServiceName("svc", "orders", free)).toBe("team-svc-orders");
  expect(allotServiceName("payments-and-settlement-apac", "orders-of-the-week", free)).toMatch(
    /^payments-and-settlement-apac-ord-[a-z0-9]{7}$/,
  );
  expect(() => allotServiceName("payments", "orders", () => true)).toThrow(
    expect.objectContaining({ code: "CONFLICT", key: "routes.noFreeName" }),
  );
});

const backend = fc.record({
  cluster: fc.tuple(team, fc.stringMatching(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/)).map(([owner, name]) => `team-${owner}/${name}`),
  namespace: fc.constantFrom("payments", "shop"),
  kubeService: fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
});

it("names an import within 63 characters, and never like another export's", () => {
  fc.assert(
    fc.property(backend, backend, (one, other) => {
      const name = importNameOf(one);
      expect(name.length).toBeLessThanOrEqual(63);
      expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
      const second = importNameOf(other, (taken) => (taken === name ? exportOf(one) : null));
      expect(second === name).toBe(exportOf(one) === exportOf(other));
    }),
  );
});

it("tells two exports apart whose names read alike", () => {
  const one = { cluster: "team-payments/checkout", namespace: "payments", kubeService: "orders-next" };
  const other = { cluster: "team-payments/checkout-orders", namespace: "payments", kubeService: "next" };
  expect(importNameOf(one)).toBe("payments-checkout-orders-next");
  expect(importNameOf(other)).toBe(importNameOf(one));
  expect(importNameOf(other, () => exportOf(one))).toMatch(/^payments-checkout-orders-next-[a-z0-9]{7}$/);
});

it("reserves by what must be unique", () => {
  expect(latticeNameKey({ awsAccountId: "333344445555", region: "ap-northeast-1", name: "payments-orders" })).toBe(
    "lattice/333344445555/ap-northeast-1/payments-orders",
  );
  expect(exportKey("mgmt-local/team-payments/checkout", { namespace: "payments", kubeService: "orders" })).toBe(
    "export/mgmt-local/team-payments/checkout/payments/orders",
  );
});

it("knows the listener's name that the controller makes, and when Lattice refuses it", () => {
  expect(listenerNameOf({ namespace: "team-payments", name: "orders" }, 443, "HTTPS")).toBe("orders-team-payments-443-https");
  const long = listenerNameOf({ namespace: "team-payments-and-more", name: "a-very-long-routes--name" }, 65_535, "https");
  expect(long).toBe("a-very-long-routes-team-payments-and-65535-https");
  expect(isListenerName(long)).toBe(true);
  expect(isListenerName("listener-a-80-http")).toBe(false);
});

it("writes tags as the controller splits them, and refuses what it would split wrongly", () => {
  expect(tagsText({ team: "payments", route: "team-payments/orders" })).toBe("team=payments,route=team-payments/orders");
  for (const value of ["a,b", "a=b", "", "x".repeat(257)])
    expect(() => tagsText({ note: value })).toThrow(expect.objectContaining({ key: "routes.tags" }));
  expect(() => tagsText({ "aws:x": "1" })).toThrow(expect.objectContaining({ key: "routes.tags" }));
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]));
  expect(() => tagsText(many)).toThrow(expect.objectContaining({ key: "routes.tags" }));
});
