import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { KubeError, kubeClient } from "../../sandbox/kube/kube-client.ts";
import { resources } from "../../sandbox/kube/kube-object.ts";
import { shortToken } from "../../sandbox/players/eks/kubeconfig-secrets.ts";
import { destinationClient, type RouteFleet } from "./route-fleet.ts";

/** The service account whose token CAPA writes into the Secret. */
const ACCOUNT = "capa-controller";
const CACHED_MS = 30_000;
const SecretData = z.looseObject({ value: z.string(), "token-file": z.string() });
type Fleet = Pick<RouteFleet, "sandbox" | "clients">;

/** Ends the token that stands in the cluster's kubeconfig Secret; resolves when its API server has forgotten it too. */
export async function breakToken(fleet: Fleet, key: string): Promise<void> {
  const client = destinationClient(fleet, key);
  const { token } = await readSecret(fleet, key);
  await client.delete(resources.serviceAccount, { namespace: "kube-system", name: ACCOUNT });
  const holder = kubeClient({ ...client.options, token });
  try {
    for (const end = Date.now() + CACHED_MS; Date.now() < end; await sleep(500)) if (await isRefused(holder)) return;
    throw new Error(`the API server of ${key} still takes the token`);
  } finally {
    await holder.close();
  }
}

/** What CAPA does before a token ends: another one in the same Secret. */
export async function rotateSecret(fleet: Fleet, key: string): Promise<void> {
  const token = await shortToken({ slot: 0, port: 0, client: destinationClient(fleet, key) }, ACCOUNT);
  const { ref, data, token: before } = await readSecret(fleet, key);
  const value = encode(decode(data.value).replaceAll(before, token));
  await fleet.sandbox.admin.merge(resources.secret, ref, { data: { value, "token-file": encode(token) } });
}

async function readSecret({ sandbox }: Fleet, key: string) {
  const [namespace = "", cluster = ""] = key.split("/");
  const ref = { namespace, name: `${cluster}-kubeconfig` };
  const data = SecretData.parse((await sandbox.admin.get(resources.secret, ref))["data"]);
  return { ref, data, token: decode(data["token-file"]) };
}

async function isRefused(client: ReturnType<typeof kubeClient>): Promise<boolean> {
  try {
    await client.list(resources.namespace);
    return false;
  } catch (error) {
    if (error instanceof KubeError && error.status === 401) return true;
    throw error;
  }
}

function decode(text: string): string {
  return Buffer.from(text, "base64").toString("utf8");
}

function encode(text: string): string {
  return Buffer.from(text).toString("base64");
}
