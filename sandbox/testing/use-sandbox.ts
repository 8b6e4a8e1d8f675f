import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import { faultStore } from "../faults/fault-store.ts";
import { kubeClient } from "../kube/kube-client.ts";
import { portalEnvironment } from "../start-sandbox.ts";
import { keptPorts } from "../state/ports.ts";
import { sandboxFolder } from "../state/sandbox-folder.ts";
import { keptSecrets } from "../state/secrets.ts";
import { testTenant } from "./test-tenant.ts";

/** The sandbox the suite runs on: clients of its management API server as administrator and as the portal, and fresh tenants. */
export async function useSandbox(directory: string = inject("sandboxDirectory")) {
  const folder = sandboxFolder(directory);
  const ports = await keptPorts(folder);
  const secrets = keptSecrets(folder);
  const ca = readFileSync(folder.pki("ca.crt"), "utf8");
  const client = (token: string, manager: string) => kubeClient({ server: `https://127.0.0.1:${ports.apiServer}`, ca, token, manager });
  const admin = client(secrets.adminToken, "sandbox-test");
  return {
    folder,
    env: portalEnvironment(folder),
    ca,
    admin,
    portal: client(secrets.portalToken, "trellis"),
    faults: faultStore(folder),
    /** A namespace and a role identity of its own, as the portal's bootstrap makes them. */
    tenant: () => testTenant(admin, `team-t${randomBytes(4).toString("hex")}`),
  };
}
export type Sandbox = Awaited<ReturnType<typeof useSandbox>>;

/** Asks until the answer is not null; fails with `what` and the last thing seen. */
export async function eventually<T>(what: string, ask: () => Promise<T | null>, timeoutMs = 90_000): Promise<T> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    const answer = await ask();
    if (answer !== null) return answer;
    await sleep(150);
  }
  throw new Error(`not within ${timeoutMs / 1000} s: ${what}`);
}
