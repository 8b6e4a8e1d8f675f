import { describe, expect, it } from "vitest";
import { readTriedCall } from "./tried-call.ts";

describe("readTriedCall", () => {
  it.each([
    ["GET /v1/orders", { method: "GET", path: "/v1/orders", headers: [] }],
    ["/v1/orders?page=2", { method: "GET", path: "/v1/orders?page=2", headers: [] }],
    [
      "post /v1 x-tier: batch, x-user: a:b",
      {
        method: "POST",
        path: "/v1",
        headers: [
          { name: "x-tier", value: "batch" },
          { name: "x-user", value: "a:b" },
        ],
      },
    ],
    ["", null],
    ["GET", null],
    ["orders", null],
  ] as const)("reads %j", (typed, call) => {
    expect(readTriedCall(typed, "http")).toEqual(call);
  });
  it("reads a gRPC call as the HTTP call it is", () => {
    expect(readTriedCall("shop.Cart/Add", "grpc")).toMatchObject({ method: "POST", path: "/shop.Cart/Add" });
    expect(readTriedCall("shop.Cart", "grpc")).toBeNull();
  });
});
