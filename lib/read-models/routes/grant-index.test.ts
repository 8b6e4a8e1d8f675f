import { expect, it } from "vitest";
import { createGrantIndex } from "./grant-index.ts";

const ROUTE = { kind: "HTTPRoute", namespace: "team-payments" };
const orders = { namespace: "payments", name: "orders" };
const ledger = { namespace: "payments", name: "ledger" };

function grant(to: readonly object[], from: object = {}) {
  return {
    spec: { from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "team-payments", ...from }], to },
  };
}
const toImport = (name?: string) => ({
  group: "application-networking.k8s.aws",
  kind: "ServiceImport",
  ...(name === undefined ? {} : { name }),
});

it("grants the import that it names and no other, to its kind and namespace only", () => {
  const grants = createGrantIndex();
  expect(grants.set("payments/one", grant([toImport("orders")]))).toEqual(["payments/orders"]);
  expect(grants.isGranted(ROUTE, orders)).toBe(true);
  expect(grants.isGranted(ROUTE, ledger)).toBe(false);
  expect(grants.isGranted({ ...ROUTE, kind: "GRPCRoute" }, orders)).toBe(false);
  expect(grants.isGranted({ ...ROUTE, namespace: "team-shop" }, orders)).toBe(false);
  expect(grants.isGranted(ROUTE, { ...orders, namespace: "elsewhere" })).toBe(false);
});

it("grants every import of its namespace when it names none", () => {
  const grants = createGrantIndex();
  expect(grants.set("payments/all", grant([toImport()]))).toEqual(["payments/*"]);
  expect(grants.isGranted(ROUTE, orders)).toBe(true);
  expect(grants.isGranted(ROUTE, ledger)).toBe(true);
});

it("answers what a grant spoke of before and speaks of now, and forgets one that is gone while another still grants", () => {
  const grants = createGrantIndex();
  grants.set("payments/one", grant([toImport("orders")]));
  grants.set("payments/two", grant([toImport("orders")]));
  expect(grants.set("payments/one", grant([toImport("ledger")]))).toEqual(["payments/orders", "payments/ledger"]);
  expect(grants.isGranted(ROUTE, orders)).toBe(true);
  expect(grants.set("payments/two", null)).toEqual(["payments/orders"]);
  expect(grants.isGranted(ROUTE, orders)).toBe(false);
  expect(grants.isGranted(ROUTE, ledger)).toBe(true);
  expect(grants.set("payments/unknown", null)).toEqual([]);
});

it("does not count grants to other kinds", () => {
  const grants = createGrantIndex();
  expect(grants.set("payments/one", grant([{ group: "", kind: "Service", name: "orders" }]))).toEqual([]);
  expect(grants.isGranted(ROUTE, orders)).toBe(false);
});
