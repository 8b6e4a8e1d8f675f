import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { z } from "zod";
import { kubectl } from "../test/bench/kubectl.ts";
import { personaToken, portalClient, submitCluster } from "../test/bench/portal-client.ts";
import { contextOf } from "./personas.ts";

const sandboxDir = path.resolve(process.env.TRELLIS_SANDBOX_DIR ?? ".sandbox");
const url = process.env.BASE_URL ?? "http://localhost:3000";
const CANARY = "canary-3f9d1c27-never-leaves";
const name = `secret-${Date.now().toString(36)}`;

const ClusterAnswer = z.looseObject({ status: z.looseObject({ state: z.string() }) });
type SecretList = { items: { data?: Record<string, string> }[] };

/** Every value that must never be seen: of the environment, of the Secrets of a team, of the kubeconfigs in them. */
function forbiddenValues(): string[] {
  const env = JSON.parse(readFileSync(path.join(sandboxDir, "portal", "env.json"), "utf8")) as Record<string, string>;
  const keys = JSON.parse(readFileSync(env.TRELLIS_AUDIT_KEYS ?? "", "utf8")) as { keys: Record<string, string> };
  const secrets = JSON.parse(kubectl(sandboxDir, ["get", "secrets", "-n", "team-payments", "-o", "json"])) as SecretList;
  const texts = secrets.items.flatMap(({ data }) =>
    Object.values(data ?? {}).map((value) => Buffer.from(value, "base64").toString("utf8")),
  );
  const tokens = texts.flatMap((text) => [...text.matchAll(/token: ?"?([^\s"]{16,})/g)].map((match) => match[1] ?? ""));
  const values = [env.AUTH_SECRET, env.OIDC_CLIENT_SECRET, ...Object.values(keys.keys), CANARY, ...tokens];
  return values.filter((value): value is string => value !== undefined && value.length >= 12);
}

test("no secret leaves by a page, an answer, the audit or the log", async ({ browser }) => {
  kubectl(sandboxDir, ["create", "secret", "generic", `${name}-planted`, "-n", "team-payments", `--from-literal=value=${CANARY}`]);
  const admin = portalClient(url, sandboxDir, "admin");
  const request = await submitCluster(portalClient(url, sandboxDir, "payments-dev"), name);
  await admin.post(`/requests/${request.id}/approve`, { contentHash: request.contentHash });
  const stateNow = async () => ClusterAnswer.parse(await admin.get(`/clusters/team-payments/${name}`)).status.state;
  await expect.poll(stateNow, { timeout: 200_000, intervals: [2000] }).toBe("ready");
  const forbidden = forbiddenValues();
  expect(forbidden.length).toBeGreaterThan(4);

  const { context, page } = await contextOf(browser, "admin");
  const seen: [where: string, text: string][] = [];
  for (const at of [
    "/",
    "/clusters",
    `/clusters/team-payments/${name}`,
    `/clusters/team-payments/${name}?tab=yaml`,
    `/requests/${request.id}`,
    "/audit",
    "/settings/tokens",
  ]) {
    await page.goto(at);
    await expect(page.locator("#main")).toBeVisible();
    seen.push([at, await page.content()]);
  }
  const token = personaToken(sandboxDir, "admin");
  const cluster = `/clusters/team-payments/${name}`;
  for (const at of [
    "/clusters",
    cluster,
    `${cluster}/kubeconfig`,
    `${cluster}/manifests`,
    `/requests/${request.id}`,
    "/audit",
    "/audit/export",
    "/tokens",
    "/accounts",
    "/teams",
  ]) {
    const answer = await page.request.get(`/api/v1${at}`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status(), at).toBe(200);
    seen.push([at, await answer.text()]);
  }
  seen.push(["/api/metrics", await (await page.request.get("/api/metrics")).text()]);
  seen.push(["the log", readFileSync(path.join(sandboxDir, "logs", "portal.log"), "utf8")]);
  for (const [where, text] of seen)
    for (const value of forbidden) expect(text.includes(value), `${where} holds ${value.slice(0, 6)}…`).toBe(false);
  await context.close();
});
