import { createHash, randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { useSandbox } from "../testing/use-sandbox.ts";

let env: Record<string, string>;
const redirectUri = "http://localhost:4567/api/auth/callback/oidc";
const Discovery = z.looseObject({ authorization_endpoint: z.string(), token_endpoint: z.string(), end_session_endpoint: z.string() });
const Claims = z.looseObject({ iss: z.string(), sub: z.string(), name: z.string(), groups: z.array(z.string()), nonce: z.string() });

beforeAll(async () => {
  env = (await useSandbox()).env;
});

/** A browser without scripts: follows redirects by hand and keeps cookies. */
function browser() {
  const jar = new Map<string, string>();
  return async (url: string, init: { method?: string; headers?: Record<string, string> } = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    const location = response.headers.get("location");
    return { response, next: location === null ? null : new URL(location, url).href };
  };
}

async function discovery() {
  return Discovery.parse(await (await fetch(`${env.OIDC_ISSUER ?? ""}/.well-known/openid-configuration`)).json());
}

function authorizationUrl(endpoint: string, extra: Record<string, string> = {}): string {
  const query = {
    client_id: "trellis",
    response_type: "code",
    scope: "openid profile email groups",
    redirect_uri: redirectUri,
    state: "s",
    nonce: "n",
    ...extra,
  };
  return `${endpoint}?${new URLSearchParams(query).toString()}`;
}

describe("the identity provider", () => {
  it("signs a persona in and puts name and groups into the ID token", async () => {
    const { authorization_endpoint, token_endpoint } = await discovery();
    const verifier = randomBytes(32).toString("base64url");
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const visit = browser();
    const start = await visit(authorizationUrl(authorization_endpoint, { code_challenge: challenge, code_challenge_method: "S256" }));
    const finish = await visit(`${start.next ?? ""}/payments-lead`, { method: "POST" });
    const callback = await visit(finish.next ?? "");
    const code = new URL(callback.next ?? "").searchParams.get("code") ?? "";
    const answer = await fetch(token_endpoint, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`trellis:${env.OIDC_CLIENT_SECRET ?? ""}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier }),
    });
    const tokens = z.looseObject({ id_token: z.string() }).parse(await answer.json());
    const claims = Claims.parse(JSON.parse(Buffer.from(tokens.id_token.split(".")[1] ?? "", "base64url").toString()));
    expect(claims).toMatchObject({
      iss: env.OIDC_ISSUER,
      sub: "payments-lead",
      name: "Ken Lead",
      groups: ["team-payments-leads"],
      nonce: "n",
    });
  });

  it("shows all personas, the hinted one first, in the browser's language and under its own CSP", async () => {
    const { authorization_endpoint } = await discovery();
    const visit = browser();
    const start = await visit(authorizationUrl(authorization_endpoint, { login_hint: "viewer" }));
    const { response } = await visit(start.next ?? "", { headers: { "accept-language": "ja,en;q=0.5" } });
    const html = await response.text();
    expect([...html.matchAll(/name="persona" value="([a-z-]+)"/g)].map((match) => match[1])).toEqual([
      "viewer",
      "payments-dev",
      "payments-lead",
      "shop-dev",
      "shop-lead",
      "admin",
      "admin-two",
    ]);
    expect(html).toContain("サンドボックスにサインイン");
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'nonce-/);
  });

  it("accepts any port of this machine as the way back, and nothing else", async () => {
    const { authorization_endpoint } = await discovery();
    for (const foreign of [
      "http://evil.example/api/auth/callback/oidc",
      "http://localhost:4567/elsewhere",
      "https://localhost:4567/api/auth/callback/oidc",
    ]) {
      const { response } = await browser()(authorizationUrl(authorization_endpoint, { redirect_uri: foreign }));
      expect({ foreign, status: response.status }).toEqual({ foreign, status: 400 });
    }
  });

  it("finds nobody for an unknown persona", async () => {
    const { authorization_endpoint } = await discovery();
    const visit = browser();
    const start = await visit(authorizationUrl(authorization_endpoint));
    const { response } = await visit(`${start.next ?? ""}/root`, { method: "POST" });
    expect(response.status).toBe(404);
  });
});
