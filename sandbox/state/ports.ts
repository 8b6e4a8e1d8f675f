import { createServer } from "node:net";
import { z } from "zod";
import { findJson, type SandboxFolder, writePrivateJson } from "./sandbox-folder.ts";

export const workloadSlots = 6;

const Ports = z.strictObject({
  etcdClient: z.int(),
  etcdPeer: z.int(),
  apiServer: z.int(),
  capiWebhook: z.int(),
  capiHealth: z.int(),
  capaWebhook: z.int(),
  capaHealth: z.int(),
  issuer: z.int(),
  workload: z.array(z.int()).length(workloadSlots),
});
export type Ports = z.infer<typeof Ports>;

/** The ports of this sandbox: picked free once, then kept, because the issuer's port is part of everybody's identity. */
export async function keptPorts(folder: SandboxFolder): Promise<Ports> {
  const kept = findJson(folder.ports, Ports);
  if (kept) return kept;
  const free = await freePorts(8 + workloadSlots);
  const [etcdClient, etcdPeer, apiServer, capiWebhook, capiHealth, capaWebhook, capaHealth, issuer, ...workload] = free;
  const ports = Ports.parse({ etcdClient, etcdPeer, apiServer, capiWebhook, capiHealth, capaWebhook, capaHealth, issuer, workload });
  writePrivateJson(folder.ports, ports);
  return ports;
}

/** The first port of the list somebody else listens on, or null. */
export async function findTakenPort(ports: Ports): Promise<number | null> {
  for (const port of [...Object.values(ports)].flat()) {
    const server = await listen(port);
    if (!server) return port;
    await closed(server);
  }
  return null;
}

/** Below the ephemeral range, so that an outgoing connection cannot take a kept port while the sandbox is down. */
async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const candidate = 15000 + Math.floor(Math.random() * 17000);
    if (found.includes(candidate)) continue;
    const server = await listen(candidate);
    if (!server) continue;
    await closed(server);
    found.push(candidate);
  }
  return found;
}

function listen(port: number) {
  return new Promise<ReturnType<typeof createServer> | null>((done) => {
    const server = createServer();
    server.once("error", () => done(null));
    server.listen(port, "127.0.0.1", () => done(server));
  });
}

function closed(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((done) => server.close(() => done()));
}
