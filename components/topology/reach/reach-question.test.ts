import { describe, expect, it } from "vitest";
import { paths } from "../../../lib/paths.ts";
import { checkQuestion } from "./check-question.ts";
import { callerOf, isAsked, type ReachDraft, reachSearch, readReachDraft } from "./reach-question.ts";

const empty = readReachDraft({});
const whole: ReachDraft = {
  ...empty,
  cluster: "team-shop/storefront",
  kubeNamespace: "shop",
  serviceAccount: "cart",
  service: "team-payments/orders",
  method: "POST",
  path: "/v1/orders?since=1&x=ü",
  headers: "x-tier: batch\nx-a: b, c",
};

/** What the page reads back of the address it wrote. */
function there(draft: ReachDraft): ReachDraft {
  const params = new URL(paths.reach(reachSearch(draft)), "http://portal").searchParams;
  return readReachDraft(Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)])));
}

describe("the question in the address", () => {
  it.each([
    ["a cluster", { ...whole, kubeNamespace: "", serviceAccount: "", headers: "" }],
    ["a service account", whole],
    [
      "a role and where it calls from",
      { ...empty, kind: "role" as const, roleArn: "arn:aws:iam::123456789012:role/a/b", roleVpc: "vpc-1" },
    ],
    ["a VPC", { ...empty, kind: "vpc" as const, vpc: "vpc-0a1" }],
  ])("says %s and is read back whole", (_, draft) => {
    expect(there({ ...draft, service: "aws.123456789012/reports" })).toEqual({ ...draft, service: "aws.123456789012/reports" });
  });
  it("keeps what was typed while something is missing", () => {
    expect(there({ ...whole, service: "" })).toEqual({ ...whole, service: "" });
    expect(isAsked(there({ ...whole, service: "" }))).toBe(false);
    expect(isAsked(there(whole))).toBe(true);
  });
  it("leaves out what is left open", () => {
    expect(reachSearch({ ...whole, method: "", path: " ", headers: " \n" })).toEqual({
      caller: "cluster/team-shop/storefront/shop/cart",
      service: "team-payments/orders",
    });
    expect(reachSearch(empty)).toEqual({});
  });
  it.each(["", "cluster/", "cluster/one", "role/", "planet/earth", "role", "%%%"])("leaves the caller empty for %j", (caller) => {
    expect(callerOf(readReachDraft({ caller }))).toBe("");
  });
  it("keeps half a service account, so that the field can say what is missing", () => {
    expect(checkQuestion(there({ ...whole, kubeNamespace: "" }))).toEqual({ kubeNamespace: "both" });
    expect(checkQuestion(there({ ...whole, serviceAccount: "" }))).toEqual({ serviceAccount: "both" });
  });
});

describe("checkQuestion", () => {
  it("asks for who calls and what is called", () => {
    expect(checkQuestion(empty)).toEqual({ cluster: "cluster", service: "service" });
    expect(checkQuestion({ ...empty, kind: "vpc", service: "a/b" })).toEqual({ vpc: "vpc" });
    expect(checkQuestion({ ...empty, kind: "role", service: "a/b" })).toEqual({ roleArn: "role" });
    expect(checkQuestion(whole)).toEqual({});
  });
  it.each([
    ["an ARN that is none", { kind: "role" as const, roleArn: "cart" }, { roleArn: "roleForm" }],
    ["a bucket", { kind: "role" as const, roleArn: "arn:aws:s3:::bucket" }, { roleArn: "roleForm" }],
    ["a path without its slash", { path: "v1/orders" }, { path: "path" }],
    ["a header without a colon", { headers: "x-tier: a\nbatch" }, { headers: "header" }],
    ["too many headers", { headers: "a: b\n".repeat(11) }, { headers: "headers" }],
  ])("names the field of %s", (_, patch, errors) => {
    expect(checkQuestion({ ...whole, ...patch })).toEqual(errors);
  });
  it("takes what AWS calls an assumed role", () => {
    expect(checkQuestion({ ...whole, kind: "role", roleArn: "arn:aws-cn:sts::123456789012:assumed-role/cart/session" })).toEqual({});
  });
});
