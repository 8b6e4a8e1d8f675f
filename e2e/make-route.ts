import { expect } from "@playwright/test";
import { z } from "zod";
import { type PortalClient, portalClient, RequestAnswer } from "../test/bench/portal-client.ts";

const KindAnswer = z.looseObject({ example: z.looseObject({ rules: z.array(z.looseObject({ backends: z.array(z.looseObject({})) })) }) });
const RouteAnswer = z.looseObject({ status: z.looseObject({ state: z.string() }) });
const READY_MS = 200_000;

/** Where the journeys run. */
export type Installation = { readonly url: string; readonly sandboxDir: string };
type Asked = z.infer<typeof RequestAnswer>;

/** Submits `route.create` from the kind's own example over one kubeService of the seeded fleet; with a prefix its one rule takes only calls below it. */
export async function submitRoute(client: PortalClient, name: string, kubeService: string, prefix?: string): Promise<Asked> {
  const { example } = KindAnswer.parse(await client.get("/request-kinds/route.create"));
  const [rule] = example.rules;
  const backend = { cluster: "team-payments/checkout", namespace: "payments", kubeService, port: 80, weight: 1 };
  const { serviceName: _serviceName, hostname: _hostname, ...rest } = example;
  const narrowed = prefix === undefined ? {} : { match: { path: { type: "prefix", value: prefix }, headers: [] } };
  const input = { ...rest, name, rules: [{ ...rule, ...narrowed, backends: [backend] }] };
  return RequestAnswer.parse(
    await client.post("/requests", { kind: "route.create", team: "payments", purpose: "A route for the pages of this run", input }),
  );
}

/** Fills the slots of a request, one person after the other. */
export async function approveAll({ url, sandboxDir }: Installation, asked: Asked, approvers: readonly string[]): Promise<void> {
  for (const approver of approvers)
    await portalClient(url, sandboxDir, approver).post(`/requests/${asked.id}/approve`, { contentHash: asked.contentHash });
}

/** A route of payments that answers; ready when this ends. Answers the request that brought it. */
export async function makeRoute(at: Installation, name: string, kubeService: string, prefix?: string): Promise<Asked> {
  const developer = portalClient(at.url, at.sandboxDir, "payments-dev");
  const asked = await submitRoute(developer, name, kubeService, prefix);
  await approveAll(at, asked, ["payments-lead", "admin"]);
  const state = async () =>
    RouteAnswer.safeParse(await developer.get(`/routes/team-payments/${name}`).catch(() => null)).data?.status.state ?? null;
  await expect.poll(state, { timeout: READY_MS, intervals: [2000] }).toBe("ok");
  return asked;
}

/** Takes a route of payments away, with its export: others may publish the kubeService again. */
export async function removeRoute(at: Installation, name: string): Promise<void> {
  const developer = portalClient(at.url, at.sandboxDir, "payments-dev");
  const input = { namespace: "team-payments", name };
  const asked = RequestAnswer.parse(
    await developer.post("/requests", { kind: "route.delete", team: "payments", purpose: "The journey of this run is over", input }),
  );
  await approveAll(at, asked, ["payments-lead"]);
  const state = async () => RequestAnswer.parse(await developer.get(`/requests/${asked.id}`)).state;
  await expect.poll(state, { timeout: READY_MS, intervals: [2000] }).toBe("delivered");
}
