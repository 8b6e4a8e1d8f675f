import { describe, expect, it } from "vitest";
import { isAllowed } from "./is-allowed.ts";
import { parseAuthPolicy } from "./parse-auth-policy.ts";
import type { PolicyCall } from "./policy-call.ts";
import { CASE_CALL, POLICY_CASES, type PolicyCase } from "./policy-cases-testing.ts";

const ANYBODY = { Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*" };

function policyOf(statements: PolicyCase["policy"]) {
  const read = parseAuthPolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements.map((one) => ({ ...ANYBODY, ...one })) }));
  if (!read.ok) throw new Error(`${read.rule} ${JSON.stringify(read.values)}`);
  return read.policy;
}

// Safe: a member that is undefined is taken out, as JSON would.
function callOf(more: PolicyCase["call"] = {}): PolicyCall {
  return Object.fromEntries(Object.entries({ ...CASE_CALL, ...more }).filter(([, value]) => value !== undefined)) as PolicyCall;
}

describe("an auth policy as AWS documents it", () => {
  it.each(POLICY_CASES.map((row) => [row.name, row] as const))("%s", (_name, { policy, call, is }) => {
    expect(isAllowed(policyOf(policy), callOf(call)).result).toBe(is);
  });

  it("is shown in at least 60 cases, each with a name of its own", () => {
    expect(new Set(POLICY_CASES.map(({ name }) => name)).size).toBe(POLICY_CASES.length);
    expect(POLICY_CASES.length).toBeGreaterThanOrEqual(60);
  });

  it("never allows what hangs on something unknown: without what is known of the call, no allowed call becomes denied and none denied becomes allowed", () => {
    const blind: PolicyCall = { roleArn: null, isSigned: true, vpcId: null, method: "GET", path: "/orders/7" };
    for (const { policy } of POLICY_CASES) {
      const { result } = isAllowed(policyOf(policy), blind);
      if (result === "unknown") continue;
      const known = isAllowed(policyOf(policy), { ...callOf(), path: blind.path });
      expect([result, "unknown"]).toContain(known.result);
    }
  });
});
