import { describe, expect, it } from "vitest";
import type { Identity, IdentityRef } from "./eks-objects.ts";
import { identityRefusal } from "./identity-refusal.ts";

const tenant = { name: "team-a", labels: { "trellis.internal/tenant": "true" } };
const role = (name: string): IdentityRef => ({ kind: "AWSClusterRoleIdentity", name });
const controller: IdentityRef = { kind: "AWSClusterControllerIdentity", name: "default" };
const labelled = { selector: { matchLabels: { "trellis.internal/tenant": "true" } } };

function refusal(ref: IdentityRef | undefined, identities: Record<string, Identity["spec"]>) {
  return identityRefusal(ref, tenant, (wanted) => {
    const spec = identities[`${wanted.kind}/${wanted.name}`];
    return spec ? { metadata: { name: wanted.name }, spec } : null;
  });
}

describe("which identities CAPA works with", () => {
  const known = { "AWSClusterControllerIdentity/default": { allowedNamespaces: labelled } };
  it.each([
    ["an identity that lists the namespace", { allowedNamespaces: { list: ["team-a"] }, sourceIdentityRef: controller }, null],
    [
      "the list beside the empty selector admission writes",
      { allowedNamespaces: { list: ["team-a"], selector: {} }, sourceIdentityRef: controller },
      null,
    ],
    ["everybody", { allowedNamespaces: {}, sourceIdentityRef: controller }, null],
    ["nobody", { sourceIdentityRef: controller }, "AWSClusterRoleIdentity one does not allow namespace team-a"],
    [
      "another namespace",
      { allowedNamespaces: { list: ["team-b"], selector: {} }, sourceIdentityRef: controller },
      "AWSClusterRoleIdentity one does not allow namespace team-a",
    ],
    [
      "a missing source",
      { allowedNamespaces: { list: ["team-a"] }, sourceIdentityRef: role("two") },
      "AWSClusterRoleIdentity two does not exist",
    ],
    [
      "itself as source",
      { allowedNamespaces: { list: ["team-a"] }, sourceIdentityRef: role("one") },
      "AWSClusterRoleIdentity one is its own source",
    ],
  ])("%s", (_case, spec, expected) => {
    expect(refusal(role("one"), { ...known, "AWSClusterRoleIdentity/one": spec })).toBe(expected);
  });

  it("falls back to the controller's own identity, whose selector must match", () => {
    expect(refusal(undefined, known)).toBeNull();
    expect(
      refusal(undefined, {
        "AWSClusterControllerIdentity/default": { allowedNamespaces: { selector: { matchLabels: { tier: "gold" } } } },
      }),
    ).toContain("does not allow");
    expect(refusal(undefined, {})).toContain("does not exist");
  });
});
