import { describe, expect, it } from "vitest";
import { matchOptions } from "./match-options.ts";

const options = [
  { value: "team-shop/reorders", label: "reorders", note: "shop" },
  { value: "team-payments/orders", label: "orders", note: "payments, prod-mesh" },
  { value: "aws.123456789012/reports", label: "reports", note: "123456789012" },
];
const labels = (text: string) => matchOptions(options, text).map(({ label }) => label);

describe("matchOptions", () => {
  it("shows everything while nothing is typed", () => {
    expect(labels("  ")).toEqual(["reorders", "orders", "reports"]);
  });
  it("finds by name, team and address, the name's beginning first", () => {
    expect(labels("ORD")).toEqual(["orders", "reorders"]);
    expect(labels("payments")).toEqual(["orders"]);
    expect(labels("aws.1")).toEqual(["reports"]);
  });
  it("wants every word", () => {
    expect(labels("orders shop")).toEqual(["reorders"]);
    expect(labels("orders nobody")).toEqual([]);
  });
});
