import { describe, expect, it } from "vitest";
import { olderHref, readAuditFilter, toAuditInput } from "./audit-filter.ts";

describe("readAuditFilter", () => {
  it("reads what it knows and drops an unknown outcome", () => {
    expect(readAuditFilter({ action: "request.approve", outcome: "maybe", cursor: ["a", "b"] })).toEqual({
      action: "request.approve",
      actor: "",
      target: "",
      outcome: "",
      cursor: "a",
    });
  });
});

describe("toAuditInput", () => {
  it("leaves out what is empty", () => {
    expect(toAuditInput(readAuditFilter({ outcome: "refused", target: "request/R-1" }))).toEqual({
      outcome: "refused",
      target: "request/R-1",
    });
    expect(toAuditInput(readAuditFilter({}))).toEqual({});
  });
});

describe("olderHref", () => {
  it("keeps the filter and encodes the cursor", () => {
    expect(olderHref(readAuditFilter({ outcome: "refused" }), "a b")).toBe("/audit?outcome=refused&cursor=a%20b");
    expect(olderHref(readAuditFilter({}), "7")).toBe("/audit?cursor=7");
  });
});
