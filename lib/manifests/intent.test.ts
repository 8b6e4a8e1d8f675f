import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../domain/requests/canonical-json.ts";
import { KubeObject } from "../domain/requests/plan.ts";
import { intentOf } from "./intent.ts";
import { normaliseAdmitted } from "./normalise-admitted.ts";
import { provenanceOf, withProvenance } from "./provenance.ts";
import { toYaml } from "./to-yaml.ts";

const SENT = KubeObject.parse({
  apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
  kind: "AWSManagedControlPlane",
  metadata: { name: "checkout-control-plane", namespace: "team-payments", labels: { "trellis.internal/team": "payments" } },
  spec: {
    version: "v1.34",
    addons: [{ name: "coredns", version: "v1" }],
    network: { vpc: { id: "vpc-1" }, subnets: [{ id: "subnet-1" }] },
  },
});

/** The same object as the API server keeps it: defaults, what CAPA wrote, provenance, bookkeeping. */
const LIVE = KubeObject.parse({
  ...SENT,
  metadata: {
    ...SENT.metadata,
    uid: "u-1",
    resourceVersion: "7",
    generation: 3,
    creationTimestamp: "2026-11-22T12:00:00Z",
    finalizers: ["capa"],
    ownerReferences: [{ kind: "Cluster", name: "checkout" }],
    labels: { "trellis.internal/team": "payments", "cluster.x-k8s.io/cluster-name": "checkout" },
    annotations: {
      "trellis.internal/request": "R-1",
      "trellis.internal/content-hash": "ab",
      "trellis.internal/delete-request": "R-2",
      other: "x",
    },
    managedFields: [
      {
        manager: "trellis",
        operation: "Apply",
        fieldsV1: {
          "f:metadata": {
            "f:labels": { "f:trellis.internal/team": {} },
            "f:annotations": { "f:trellis.internal/request": {}, "f:trellis.internal/content-hash": {} },
          },
          "f:spec": {
            "f:version": {},
            "f:addons": {},
            "f:network": { "f:vpc": { "f:id": {} }, "f:subnets": { 'k:{"id":"subnet-1"}': { ".": {}, "f:id": {} } } },
          },
        },
      },
      {
        manager: "trellis",
        operation: "Update",
        fieldsV1: { "f:metadata": { "f:annotations": { "f:trellis.internal/delete-request": {} } } },
      },
      { manager: "capa", operation: "Update", fieldsV1: { "f:spec": { "f:controlPlaneEndpoint": {} } } },
    ],
  },
  spec: {
    version: "v1.34",
    addons: [{ name: "coredns", version: "v1" }],
    controlPlaneEndpoint: { host: "h", port: 443 },
    tokenMethod: "iam-authenticator",
    network: { vpc: { id: "vpc-1", cidrBlock: "10.0.0.0/16" }, subnets: [{ id: "subnet-1", resourceID: "subnet-1" }, { id: "subnet-2" }] },
  },
  status: { ready: true },
});

describe("intentOf", () => {
  it("is what was sent, whatever others wrote beside it", () => expect(intentOf(LIVE)).toEqual(SENT));
  it("is the whole of a rendered object", () => expect(intentOf(SENT)).toEqual(SENT));
  it("leaves provenance out", () => expect(intentOf(withProvenance(SENT, { requestId: "R-1", contentHash: "ab" }))).toEqual(SENT));
  it("changes when a field we own changes its value", () => {
    expect(intentOf(KubeObject.parse({ ...LIVE, spec: { ...(LIVE["spec"] as object), version: "v1.35" } }))).not.toEqual(SENT);
  });
  it("can always be hashed, also of a hostile object", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        (spec, managedFields) =>
          void canonicalJson(intentOf(KubeObject.parse({ ...SENT, spec, metadata: { ...SENT.metadata, managedFields } }))),
      ),
    );
  });
});

describe("normaliseAdmitted", () => {
  it("drops what changes from call to call", () => {
    expect(normaliseAdmitted(LIVE, null)).toEqual({
      apiVersion: SENT.apiVersion,
      kind: SENT.kind,
      metadata: {
        name: "checkout-control-plane",
        namespace: "team-payments",
        labels: { "trellis.internal/team": "payments", "cluster.x-k8s.io/cluster-name": "checkout" },
        annotations: { other: "x" },
      },
      spec: LIVE["spec"],
    });
  });
  it("keeps only the difference from a live object", () => {
    const { tokenMethod: _tokenMethod, ...spec } = LIVE["spec"] as { readonly tokenMethod: string };
    expect(normaliseAdmitted(KubeObject.parse({ ...LIVE, spec: { ...spec, version: "v1.35" } }), LIVE)).toEqual({
      spec: { version: "v1.35", tokenMethod: null },
    });
    expect(normaliseAdmitted(LIVE, LIVE)).toEqual({});
  });
  it("gives a patch that makes the live object into the admitted one", () => {
    const json = fc.dictionary(
      fc.constantFrom("a", "b", "c", "d"),
      fc.oneof(fc.integer(), fc.string(), fc.array(fc.integer()), fc.dictionary(fc.constantFrom("x", "y"), fc.integer())),
    );
    fc.assert(
      fc.property(json, json, (before, after) => {
        const object = (spec: object) => KubeObject.parse({ ...SENT, spec });
        expect(merge(normaliseAdmitted(object(before), null), normaliseAdmitted(object(after), object(before)))).toEqual(
          normaliseAdmitted(object(after), null),
        );
      }),
    );
  });
});

it("writes and reads provenance, and keeps other annotations", () => {
  const written = withProvenance(KubeObject.parse({ ...SENT, metadata: { ...SENT.metadata, annotations: { other: "x" } } }), {
    requestId: "R-1",
    contentHash: "ab",
  });
  expect(written.metadata["annotations"]).toEqual({ other: "x", "trellis.internal/request": "R-1", "trellis.internal/content-hash": "ab" });
  expect(provenanceOf(written)).toEqual({ requestId: "R-1", contentHash: "ab" });
  expect(provenanceOf(SENT)).toBeNull();
});

it("quotes text that YAML would read as something else", () => {
  expect(toYaml({ account: "444455556666", on: "yes", version: "1.30" })).toBe('account: "444455556666"\n"on": "yes"\nversion: "1.30"\n');
});

/** RFC 7396, for the test. */
function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const before = typeof target === "object" && target !== null && !Array.isArray(target) ? Object.entries(target) : [];
  const kept = before.filter(([name]) => !Object.hasOwn(patch, name));
  const changed = Object.entries(patch).filter(([, value]) => value !== null);
  return Object.fromEntries([...kept, ...changed.map(([name, value]) => [name, merge(before.find(([one]) => one === name)?.[1], value)])]);
}
