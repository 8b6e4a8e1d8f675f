import { describe, expect, it } from "vitest";
import { parseEnv } from "./env.ts";

const whole = {
  PORT: "3100",
  AUTH_SECRET: "0123456789abcdef0123456789abcdef",
  TRELLIS_INSTALLATION_ID: "0a1b2c3d",
  OIDC_ISSUER: "http://localhost:4000",
  OIDC_CLIENT_ID: "trellis",
  OIDC_CLIENT_SECRET: "secret-canary",
  MANAGEMENT_CLUSTERS: '[{"id":"mgmt-local","kubeconfig":"/tmp/k"}]',
  TRELLIS_AUDIT_KEYS: "/tmp/keys.json",
};

describe("parseEnv", () => {
  it("fills defaults", () => {
    expect(parseEnv(whole)).toMatchObject({
      PORT: 3100,
      AUTH_URL: "http://localhost:3100",
      OIDC_GROUPS_CLAIM: "groups",
      TENANT_ENDPOINT_CIDRS: [],
      SIGN_IN_HINTS: [],
    });
  });

  it("reads lists, flags and JSON", () => {
    const env = parseEnv({
      ...whole,
      TENANT_ENDPOINT_CIDRS: "127.0.0.0/8, 10.0.0.0/8",
      TRELLIS_ALLOW_SINGLE_NODE: "1",
      SIGN_IN_HINTS: '[{"label":"a","loginHint":"b"}]',
      NODE_ENV: "production",
    });
    expect(env).toMatchObject({
      TENANT_ENDPOINT_CIDRS: ["127.0.0.0/8", "10.0.0.0/8"],
      TRELLIS_ALLOW_SINGLE_NODE: true,
      SIGN_IN_HINTS: [{ label: "a", loginHint: "b" }],
    });
  });

  it.each([
    ["a missing secret", { AUTH_SECRET: "" }, "AUTH_SECRET is missing."],
    ["an http issuer elsewhere", { OIDC_ISSUER: "http://issuer.example" }, "OIDC_ISSUER must be https, except on loopback."],
    ["an http portal elsewhere", { AUTH_URL: "http://portal.example" }, "AUTH_URL must be https, except on loopback."],
    ["broken JSON", { MANAGEMENT_CLUSTERS: "[" }, "MANAGEMENT_CLUSTERS is not JSON."],
    [
      "one id twice",
      { MANAGEMENT_CLUSTERS: '[{"id":"a","inCluster":true},{"id":"a","kubeconfig":"x"}]' },
      "MANAGEMENT_CLUSTERS has the same id twice.",
    ],
    ["PGlite in production", { NODE_ENV: "production" }, "DATABASE_URL is missing"],
  ])("refuses %s", (_, change, sentence) => {
    expect(() => parseEnv({ ...whole, ...change })).toThrow(sentence);
  });

  it("never says a value", () => {
    expect(() => parseEnv({ ...whole, OIDC_CLIENT_SECRET: undefined, AUTH_SECRET: "short-canary" })).toThrow(/^(?!.*canary)/);
  });
});
