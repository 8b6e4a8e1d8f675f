import { NextRequest } from "next/server";
import { beforeAll, describe, expect, it } from "vitest";
import { guard } from "./guard.ts";
import { contentSecurityPolicy } from "./security-headers.ts";

beforeAll(() => {
  Object.assign(process.env, {
    PORT: "3000",
    AUTH_SECRET: "0123456789abcdef0123456789abcdef",
    TRELLIS_INSTALLATION_ID: "0a1b2c3d",
    OIDC_ISSUER: "http://localhost:4000",
    OIDC_CLIENT_ID: "trellis",
    OIDC_CLIENT_SECRET: "s",
    MANAGEMENT_CLUSTERS: '[{"id":"m","kubeconfig":"/tmp/k"}]',
    TRELLIS_AUDIT_KEYS: "/tmp/keys.json",
  });
});

const visit = (path: string, headers: Record<string, string> = {}) =>
  guard(new NextRequest(`http://localhost:3000${path}`, { headers: { host: "localhost:3000", ...headers } }));
const session = { cookie: "trellis-0a1b2c3d.sessionToken=x" };

/** The request header that sends a screen to its own page (next.config.js). */
const markOf = (answer: ReturnType<typeof visit>) => answer.headers.get("x-middleware-request-x-trellis-screen");

describe("guard", () => {
  it("sends strangers to sign-in and remembers where they were going", () => {
    const answer = visit("/clusters?state=ready");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      "http://localhost:3000/sign-in?next=%2Fclusters%3Fstate%3Dready",
    ]);
    expect(visit("/").headers.get("location")).toBe("http://localhost:3000/sign-in");
  });

  it.each([["/sign-in"], ["/api/v1/me"], ["/api/healthz"]])("lets strangers reach %s, whose door decides itself", (path) =>
    expect(visit(path).headers.get("x-middleware-next")).toBe("1"),
  );

  it("knows a session cookie, also one in pieces, and not another installation's", () => {
    expect(visit("/clusters", session).headers.get("x-middleware-next")).toBe("1");
    expect(visit("/clusters", { cookie: "trellis-0a1b2c3d.sessionToken.0=x" }).headers.get("x-middleware-next")).toBe("1");
    expect(visit("/clusters", { cookie: "trellis-ffffffff.sessionToken=x" }).status).toBe(303);
  });

  it("lets a screen with a wall cookie reach the wall of the map, without the portal around it, and nothing else", () => {
    const screen = { cookie: "trellis-0a1b2c3d.wall=tw_x" };
    const answer = visit("/topology?wall=on&team=shop", screen);
    expect(markOf(answer)).toBe("1");
    expect(markOf(visit("/clusters", { ...session, "x-trellis-screen": "1" }))).toBeNull();
    expect([answer.headers.get("referrer-policy"), answer.headers.get("cache-control")]).toEqual(["no-referrer", "no-store"]);
    for (const path of ["/topology", "/topology/reach?wall", "/clusters?wall", "/", "/wall/screen"])
      expect([path, visit(path, screen).headers.get("location")?.startsWith("http://localhost:3000/sign-in")]).toEqual([path, true]);
    expect(visit("/topology?wall", { cookie: "trellis-ffffffff.wall=tw_x" }).status).toBe(303);
  });

  it("leaves a signed-in person's wall as it is: her forms must say where they come from", () => {
    const answer = visit("/topology?wall", session);
    expect([markOf(answer), answer.headers.get("referrer-policy")]).toEqual([null, "same-origin"]);
  });

  it("lets anybody open the page that exchanges a wall link, and tells nobody where it was", () => {
    const answer = visit("/wall");
    expect([answer.headers.get("x-middleware-next"), answer.headers.get("referrer-policy"), answer.headers.get("cache-control")]).toEqual([
      "1",
      "no-referrer",
      "no-store",
    ]);
  });

  it("brings 127.0.0.1 to the host name of AUTH_URL, and leaves the doors of programs alone", () => {
    expect(visit("/clusters?x=1", { host: "127.0.0.1:3000", ...session }).headers.get("x-middleware-rewrite")).toContain(
      "/api/right-host?path=%2Fclusters%3Fx%3D1",
    );
    expect(visit("/api/v1/me", { host: "127.0.0.1:3000" }).headers.get("x-middleware-rewrite")).toBeNull();
  });

  it("gives every answer a nonce of its own", () => {
    const policies = [visit("/sign-in"), visit("/sign-in"), visit("/clusters")].map((answer) =>
      answer.headers.get("content-security-policy"),
    );
    expect(new Set(policies).size).toBe(3);
    for (const policy of policies) expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic';/);
  });
});

describe("contentSecurityPolicy", () => {
  it("allows no eval and no inline style element in production", () => {
    expect(contentSecurityPolicy({ nonce: "N", issuerOrigin: "https://issuer.example", development: false, secure: true })).toBe(
      "default-src 'self'; script-src 'self' 'nonce-N' 'strict-dynamic'; style-src 'self' 'nonce-N'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; frame-src 'none'; frame-ancestors 'none'; form-action 'self' https://issuer.example; upgrade-insecure-requests",
    );
  });
});
