import { describe, expect, it } from "vitest";
import { type Asked, translateError } from "./translate-error.ts";

const asked: Asked = {
  cluster: "mgmt",
  apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
  kind: "AWSManagedControlPlane",
  namespace: "team-a",
  name: "shop",
};

type Cause = { readonly reason?: string; readonly message?: string; readonly field?: string };
type Said = {
  readonly http: number;
  readonly message?: string;
  readonly reason?: string;
  readonly details?: {
    readonly name?: string;
    readonly kind?: string;
    readonly causes?: readonly Cause[];
    readonly retryAfterSeconds?: number;
  };
  readonly retryAfterSeconds?: number;
};

function translated(said: Said) {
  const json = { kind: "Status", apiVersion: "v1", code: said.http, message: said.message, reason: said.reason, details: said.details };
  const error = translateError(
    { status: said.http, json, text: "", warnings: [], retryAfterSeconds: said.retryAfterSeconds ?? null },
    asked,
  );
  return {
    code: error.code,
    key: error.key,
    values: error.values,
    raw: error.raw,
    fields: error.fields.map(({ path, key, raw }) => ({ path, key, raw })),
  };
}

const CONTROL_PLANE_HOOK =
  'admission webhook "validation.awsmanagedcontrolplanes.controlplane.cluster.x-k8s.io" denied the request: AWSManagedControlPlane.controlplane.cluster.x-k8s.io "shop" is invalid: ';
const ROLE_HOOK = 'admission webhook "validation.awsclusterroleidentity.infrastructure.cluster.x-k8s.io" denied the request: ';
const TYPED = "failed to create typed patch object (team-a/shop; controlplane.cluster.x-k8s.io/v1beta2, Kind=AWSManagedControlPlane): ";
const UNCHECKED =
  "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";
const ENTRIES_DUMP =
  '[]v1beta2.AccessEntry{v1beta2.AccessEntry{PrincipalARN:"arn:aws:iam::111122223333:role/platform-admin", Type:"standard", KubernetesGroups:[]string(nil), Username:"a } brace", AccessPolicies:[]v1beta2.AccessPolicyReference{v1beta2.AccessPolicyReference{PolicyARN:"p", AccessScope:v1beta2.AccessScope{Type:"cluster", Namespaces:[]string(nil)}}}}}';

describe("words of a refusal", () => {
  it.each([
    {
      name: "a schema error keeps the value that was refused",
      said: {
        http: 422,
        reason: "Invalid",
        message: `AWSManagedControlPlane.controlplane.cluster.x-k8s.io "new-v1" is invalid: spec.version: Invalid value: "latest": spec.version in body should match '^v?(0|[1-9][0-9]*)'`,
        details: {
          causes: [
            {
              reason: "FieldValueInvalid",
              field: "spec.version",
              message: `Invalid value: "latest": spec.version in body should match '^v?(0|[1-9][0-9]*)'`,
            },
          ],
        },
      },
      key: "kubernetes.refused",
      by: "kube-apiserver",
      fields: [
        {
          path: "spec.version",
          key: "kubernetes.field.invalid",
          raw: `Invalid value: "latest": spec.version in body should match '^v?(0|[1-9][0-9]*)'`,
        },
      ],
    },
    {
      name: "the line about unchecked rules is dropped",
      said: {
        http: 422,
        message: `AWSManagedControlPlane.controlplane.cluster.x-k8s.io "new-d3" is invalid: [spec.addons[0].conflictResolution: Unsupported value: "OVERWRITE": supported values: "overwrite", "none", "preserve", ${UNCHECKED}]`,
        details: {
          causes: [
            {
              reason: "FieldValueNotSupported",
              field: "spec.addons[0].conflictResolution",
              message: 'Unsupported value: "OVERWRITE": supported values: "overwrite", "none", "preserve"',
            },
            {
              reason: "FieldValueInvalid",
              field: "<nil>",
              message:
                "Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
            },
          ],
        },
      },
      key: "kubernetes.refused",
      by: "kube-apiserver",
      raw: 'spec.addons[0].conflictResolution: Unsupported value: "OVERWRITE": supported values: "overwrite", "none", "preserve"',
      fields: [
        {
          path: "spec.addons[0].conflictResolution",
          key: "kubernetes.field.notSupported",
          raw: 'Unsupported value: "OVERWRITE": supported values: "overwrite", "none", "preserve"',
        },
      ],
    },
    {
      name: "a Go dump is dropped, with the braces inside its strings",
      said: {
        http: 422,
        message: `${CONTROL_PLANE_HOOK}[spec.accessConfig.authenticationMode: Invalid value: "config_map": downgrading authentication mode is not allowed after it has been enabled, spec.accessEntries: Invalid value: ${ENTRIES_DUMP}: accessEntries can only be used when authenticationMode is set to api or api_and_config_map]`,
        details: {
          causes: [
            {
              reason: "FieldValueInvalid",
              field: "spec.accessConfig.authenticationMode",
              message: 'Invalid value: "config_map": downgrading authentication mode is not allowed after it has been enabled',
            },
            {
              reason: "FieldValueInvalid",
              field: "spec.accessEntries",
              message: `Invalid value: ${ENTRIES_DUMP}: accessEntries can only be used when authenticationMode is set to api or api_and_config_map`,
            },
          ],
        },
      },
      key: "kubernetes.refused",
      by: "validation.awsmanagedcontrolplanes.controlplane.cluster.x-k8s.io",
      raw: 'spec.accessConfig.authenticationMode: Invalid value: "config_map": downgrading authentication mode is not allowed after it has been enabled, spec.accessEntries: accessEntries can only be used when authenticationMode is set to api or api_and_config_map',
      fields: [
        {
          path: "spec.accessConfig.authenticationMode",
          key: "kubernetes.field.invalid",
          raw: 'Invalid value: "config_map": downgrading authentication mode is not allowed after it has been enabled',
        },
        {
          path: "spec.accessEntries",
          key: "kubernetes.field.invalid",
          raw: "accessEntries can only be used when authenticationMode is set to api or api_and_config_map",
        },
      ],
    },
    {
      name: "pointer addresses and slices of strings are dropped",
      said: {
        http: 422,
        message: `${CONTROL_PLANE_HOOK}[spec.updateConfig: Invalid value: v1beta2.UpdateConfig{MaxUnavailable:(*int)(0x1369814c9e38), MaxUnavailablePercentage:(*int)(nil)}: cannot specify both, spec.remoteAccess: Invalid value: []string{"sg-1"}: must be empty if public is set]`,
      },
      key: "kubernetes.refused",
      by: "validation.awsmanagedcontrolplanes.controlplane.cluster.x-k8s.io",
      raw: "spec.updateConfig: cannot specify both, spec.remoteAccess: must be empty if public is set",
      fields: [
        {
          path: "spec.updateConfig",
          key: "kubernetes.field.invalid",
          raw: "cannot specify both, spec.remoteAccess: must be empty if public is set",
        },
      ],
    },
    {
      name: "an identity webhook's 403 is a refusal with the field from its text",
      said: {
        http: 403,
        reason: "Forbidden",
        message: `${ROLE_HOOK}spec.sourceIdentityRef: Invalid value: "null": field cannot be set to nil`,
      },
      key: "kubernetes.refused",
      by: "validation.awsclusterroleidentity.infrastructure.cluster.x-k8s.io",
      raw: "spec.sourceIdentityRef: field cannot be set to nil",
      fields: [{ path: "spec.sourceIdentityRef", key: "kubernetes.field.invalid", raw: "field cannot be set to nil" }],
    },
    {
      name: "an identity webhook without a field",
      said: {
        http: 403,
        message:
          'admission webhook "validation.awsclustercontrolleridentity.infrastructure.cluster.x-k8s.io" denied the request: AWSClusterControllerIdentity is immutable',
      },
      key: "kubernetes.refused",
      by: "validation.awsclustercontrolleridentity.infrastructure.cluster.x-k8s.io",
      raw: "AWSClusterControllerIdentity is immutable",
      fields: [],
    },
    {
      name: "server-side apply: unknown field",
      said: { http: 500, message: `${TYPED}.spec.unknownField: field not declared in schema` },
      key: "kubernetes.refused",
      by: "kube-apiserver",
      fields: [{ path: "spec.unknownField", key: "kubernetes.field.unknown", raw: "field not declared in schema" }],
    },
    {
      name: "server-side apply: duplicate key",
      said: { http: 500, message: `${TYPED}.spec.network.subnets: duplicate entries for key [id="a"]` },
      key: "kubernetes.refused",
      by: "kube-apiserver",
      fields: [{ path: "spec.network.subnets", key: "kubernetes.field.duplicate", raw: 'duplicate entries for key [id="a"]' }],
    },
    {
      name: "server-side apply: missing key",
      said: {
        http: 500,
        message: `${TYPED}.spec.network.subnets: element 0: associative list with keys has an element that omits all key fields ["id"] (and doesn't have default values for any key fields)`,
      },
      key: "kubernetes.refused",
      by: "kube-apiserver",
      fields: [
        {
          path: "spec.network.subnets",
          key: "kubernetes.field.required",
          raw: `element 0: associative list with keys has an element that omits all key fields ["id"] (and doesn't have default values for any key fields)`,
        },
      ],
    },
    {
      name: "server-side apply: wrong type",
      said: { http: 500, message: `${TYPED}.spec.logging.audit: expected boolean, got &{yes}` },
      key: "kubernetes.refused",
      by: "kube-apiserver",
      raw: ".spec.logging.audit: expected boolean",
      fields: [{ path: "spec.logging.audit", key: "kubernetes.field.wrongType", raw: "expected boolean" }],
    },
    {
      name: "server-side apply: wrong type of a built-in kind",
      said: {
        http: 500,
        message:
          "failed to create typed patch object (/num; /v1, Kind=ConfigMap): .data.x: expected string, got &value.valueUnstructured{Value:1}",
      },
      key: "kubernetes.refused",
      by: "kube-apiserver",
      fields: [{ path: "data.x", key: "kubernetes.field.wrongType", raw: "expected string" }],
    },
    {
      name: "an unknown field in a patch does not repeat the object",
      said: {
        http: 422,
        message:
          ' "" is invalid: patch: Invalid value: "{\\"apiVersion\\":\\"v1\\",\\"data\\":{\\"password\\":\\"canary\\"}}": strict decoding error: unknown field "spec.nope"',
        details: {
          causes: [
            {
              reason: "FieldValueInvalid",
              field: "patch",
              message: 'Invalid value: "{\\"data\\":{\\"password\\":\\"canary\\"}}": strict decoding error: unknown field "spec.nope"',
            },
          ],
        },
      },
      key: "kubernetes.refused",
      by: "kube-apiserver",
      raw: 'patch: strict decoding error: unknown field "spec.nope"',
      fields: [{ path: "spec.nope", key: "kubernetes.field.unknown", raw: 'unknown field "spec.nope"' }],
    },
  ])("$name", ({ said, key, by, raw, fields }) => {
    const error = translated(said);
    expect(error).toMatchObject({ code: "PRECONDITION", key, values: { by, kind: "AWSManagedControlPlane", name: "shop" }, fields });
    if (raw !== undefined) expect(error.raw).toBe(raw);
    expect(JSON.stringify(error)).not.toMatch(/canary|v1beta2\.|0x[0-9a-f]{4}|<nil>/);
  });
});

describe("kinds of failure", () => {
  it.each<{ readonly name: string; readonly said: Said; readonly expected: object }>([
    {
      name: "a policy's denial",
      said: {
        http: 422,
        reason: "Invalid",
        message: `configmaps "evil" is forbidden: ValidatingAdmissionPolicy 'no-evil' with binding 'no-evil-binding' denied request: no evil names`,
      },
      expected: { code: "PRECONDITION", key: "kubernetes.refusedByPolicy", values: { policy: "no-evil" }, raw: "no evil names" },
    },
    {
      name: "a webhook that is down",
      said: {
        http: 500,
        reason: "InternalError",
        message:
          'Internal error occurred: failed calling webhook "dead.example.com": failed to call webhook: Post "https://127.0.0.1:1/x?timeout=10s": dial tcp 127.0.0.1:1: connect: connection refused',
      },
      expected: { code: "UNAVAILABLE", key: "kubernetes.webhookDown", values: { webhook: "dead.example.com" } },
    },
    {
      name: "a webhook that panics",
      said: {
        http: 500,
        message: `admission webhook "validation.awsmanagedcontrolplanes.controlplane.cluster.x-k8s.io" denied the request: panic: runtime error: invalid memory address or nil pointer dereference [recovered]`,
      },
      expected: {
        code: "PRECONDITION",
        key: "kubernetes.webhookCrashed",
        raw: "panic: runtime error: invalid memory address or nil pointer dereference [recovered]",
      },
    },
    {
      name: "our own missing right",
      said: {
        http: 403,
        reason: "Forbidden",
        message: 'configmaps "x" is forbidden: User "trellis" cannot patch resource "configmaps" in API group "" in the namespace "probe"',
      },
      expected: { code: "INTERNAL", key: "kubernetes.forbidden" },
    },
    {
      name: "rights that we may not grant",
      said: {
        http: 403,
        message:
          'rolebindings.rbac.authorization.k8s.io "x" is forbidden: user "trellis" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held',
      },
      expected: { code: "INTERNAL", key: "kubernetes.forbidden" },
    },
    { name: "a 403 that nobody explains", said: { http: 403 }, expected: { code: "INTERNAL", key: "kubernetes.forbidden" } },
    {
      name: "a full quota",
      said: {
        http: 403,
        message:
          'configmaps "over" is forbidden: exceeded quota: rq, requested: count/configmaps=1, used: count/configmaps=1, limited: count/configmaps=1',
      },
      expected: { code: "PRECONDITION", key: "kubernetes.quotaExceeded", values: { quota: "rq" } },
    },
    {
      name: "a namespace on its way out",
      said: {
        http: 403,
        message: 'configmaps "x" is forbidden: unable to create new content in namespace dying because it is being terminated',
        details: {
          causes: [{ reason: "NamespaceTerminating", message: "namespace dying is being terminated", field: "metadata.namespace" }],
        },
      },
      expected: { code: "PRECONDITION", key: "kubernetes.namespaceTerminating" },
    },
    {
      name: "a namespace that is not there",
      said: { http: 404, reason: "NotFound", message: 'namespaces "team-a" not found', details: { name: "team-a", kind: "namespaces" } },
      expected: { code: "PRECONDITION", key: "kubernetes.namespaceMissing" },
    },
    {
      name: "an object that is not there",
      said: {
        http: 404,
        reason: "NotFound",
        message: 'awsmanagedcontrolplanes.controlplane.cluster.x-k8s.io "shop" not found',
        details: { name: "shop", kind: "awsmanagedcontrolplanes" },
      },
      expected: { code: "NOT_FOUND", key: "kubernetes.objectMissing" },
    },
    {
      name: "a kind that is not served",
      said: { http: 404, message: "404 page not found" },
      expected: { code: "PRECONDITION", key: "kubernetes.kindMissing" },
    },
    {
      name: "another field manager",
      said: {
        http: 409,
        reason: "Conflict",
        message: "Apply failed with 2 conflicts",
        details: {
          causes: [
            {
              reason: "FieldManagerConflict",
              message: 'conflict with "capa" using infrastructure.cluster.x-k8s.io/v1beta2',
              field: ".spec.controlPlaneEndpoint.host",
            },
            { reason: "FieldManagerConflict", message: 'conflict with "kubectl" using v1', field: ".spec.version" },
          ],
        },
      },
      expected: {
        code: "CONFLICT",
        key: "kubernetes.conflict",
        values: { manager: "capa", field: "spec.controlPlaneEndpoint.host", count: 2 },
      },
    },
    {
      name: "an object that moved",
      said: { http: 409, reason: "Conflict", message: "Operation cannot be fulfilled on x: the object has been modified" },
      expected: { code: "CONFLICT", key: "kubernetes.stale" },
    },
    {
      name: "too many requests",
      said: { http: 429, retryAfterSeconds: 7 },
      expected: { code: "UNAVAILABLE", key: "kubernetes.busy", values: { seconds: 7 } },
    },
    { name: "an expired list", said: { http: 410, reason: "Expired" }, expected: { code: "UNAVAILABLE", key: "kubernetes.expired" } },
    {
      name: "a refused credential",
      said: { http: 401, message: "Unauthorized" },
      expected: { code: "UNAVAILABLE", key: "kubernetes.unauthenticated" },
    },
    {
      name: "an object that is too large",
      said: { http: 500, message: "etcdserver: request is too large" },
      expected: { code: "PRECONDITION", key: "kubernetes.tooLarge" },
    },
    {
      name: "etcd without a leader",
      said: { http: 500, message: "etcdserver: leader changed" },
      expected: { code: "UNAVAILABLE", key: "kubernetes.unavailable" },
    },
    { name: "a gateway in between", said: { http: 502 }, expected: { code: "UNAVAILABLE", key: "kubernetes.unavailable" } },
    { name: "a redirect, which is not followed", said: { http: 302 }, expected: { code: "INTERNAL", key: "kubernetes.unexpected" } },
  ])("$name", ({ said, expected }) => {
    expect(translated(said)).toMatchObject(expected);
  });

  it("survives an answer that is no Status at all", () => {
    const error = translateError({ status: 503, json: null, text: "<html>", warnings: [], retryAfterSeconds: null }, asked);
    expect(error).toMatchObject({ code: "UNAVAILABLE", key: "kubernetes.unavailable" });
  });
});
