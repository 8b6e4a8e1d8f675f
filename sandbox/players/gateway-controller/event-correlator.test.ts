import { expect, it } from "vitest";
import { eventCorrelator } from "./event-correlator.ts";

const event = { source: "httproute", object: "HTTPRoute/shop/orders", type: "Normal", reason: "Reconcile", message: "Adding" } as const;
const aMinute = 60_000;

function recorder(speed = 1) {
  let now = 0;
  const correlate = eventCorrelator(speed, () => now);
  return { say: correlate, pass: (ms: number) => (now += ms) };
}

it("writes twenty-five Events of an object and type, then drops them while it goes on counting", () => {
  const { say } = recorder();
  const written = Array.from({ length: 30 }, () => say(event));
  expect(written.filter((one) => one !== null)).toHaveLength(25);
  expect(written.slice(25)).toEqual([null, null, null, null, null]);
});

it("has one more for each five minutes, with the count of all", () => {
  const { say, pass } = recorder();
  for (let at = 0; at < 40; at++) say(event);
  pass(5 * aMinute);
  expect(say(event)).toMatchObject({ count: 41, message: "Adding" });
  expect(say(event)).toBeNull();
});

it("keeps Warnings and Normal Events in budgets of their own", () => {
  const { say } = recorder();
  for (let at = 0; at < 30; at++) say(event);
  expect(say({ ...event, type: "Warning", reason: "FailedDeployModel", message: "no" })).not.toBeNull();
});

it("combines messages of one reason from the tenth different one on", () => {
  const { say } = recorder();
  const message = (at: number) => `RequestID: ${at}`;
  const written = Array.from({ length: 12 }, (_, at) => say({ ...event, type: "Warning", message: message(at) }));
  expect(written.slice(0, 9).map((one) => one?.message)).toEqual(Array.from({ length: 9 }, (_, at) => message(at)));
  expect(written.slice(9).map((one) => [one?.message, one?.count])).toEqual([
    ["(combined from similar events): RequestID: 9", 1],
    ["(combined from similar events): RequestID: 10", 2],
    ["(combined from similar events): RequestID: 11", 3],
  ]);
});

it("forgets what was similar after ten quiet minutes", () => {
  const { say, pass } = recorder();
  for (let at = 0; at < 11; at++) say({ ...event, message: `m${at}` });
  pass(11 * aMinute);
  expect(say({ ...event, message: "later" })?.message).toBe("later");
});

it("runs through its budget faster in a faster sandbox", () => {
  const { say, pass } = recorder(60);
  for (let at = 0; at < 30; at++) say(event);
  pass(5_000);
  expect(say(event)).not.toBeNull();
});
