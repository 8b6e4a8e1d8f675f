import { expect, it } from "vitest";
import { groupState } from "./group-state.ts";
import { group, target } from "./testing.ts";

const of = (...statuses: readonly string[]) =>
  group(
    "orders",
    statuses.map((status, index) => target(`10.0.0.${index}`, status)),
  );

it.each([
  ["empty", []],
  ["empty", ["DRAINING"]],
  ["unused", ["UNUSED", "UNUSED"]],
  ["unchecked", ["UNAVAILABLE"]],
  ["unchecked", ["UNAVAILABLE", "UNUSED"]],
  ["starting", ["INITIAL"]],
  ["starting", ["INITIAL", "UNHEALTHY"]],
  ["down", ["UNHEALTHY", "UNHEALTHY"]],
  ["down", ["UNHEALTHY", "DRAINING"]],
  ["down", ["UNHEALTHY", "UNAVAILABLE"]],
  ["ok", ["HEALTHY", "HEALTHY", "DRAINING"]],
  ["degraded", ["HEALTHY", "UNHEALTHY"]],
  ["degraded", ["HEALTHY", "INITIAL"]],
  ["degraded", ["HEALTHY", "SOMETHING_NEW"]],
  ["unknown", ["SOMETHING_NEW", "UNHEALTHY"]],
])("is %s with targets %j", (state, statuses) => expect(groupState(of(...statuses))).toBe(state));

it("is missing without a group, unread without targets, and unused when no service has it", () => {
  expect(groupState(null)).toBe("missing");
  expect(groupState(group("orders", null))).toBe("unknown");
  expect(groupState(group("orders", null, { serviceArns: [] }))).toBe("unused");
});
