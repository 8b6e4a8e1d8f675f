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
  lattice: z.int(),
  workload: z.array(z.int()).length(workloadSlots),
});
export type Ports = z.infer<typeof Ports>;
/** A folder from before there was an emulator keeps the ports it has. */
const KeptPorts = Ports.extend({ lattice: z.int().optional() });

/** The ports of this sandbox: picked free once, then kept, because the issuer's port is part of everybody's identity. */
export async function keptPorts(folder: SandboxFolder): Promise<Ports> {
  const kept = findJson(folder.ports, KeptPorts);
  const parsed = Ports.safeParse(kept);
  if (parsed.success) return parsed.data;
  const ports = kept ? { ...kept, lattice: (await freePorts(1))[0] } : await newPorts();
  writePrivateJson(folder.ports, ports);
  return Ports.parse(ports);
}

async function newPorts(): Promise<object> {
  const free = await freePorts(9 + workloadSlots);
  const [etcdClient, etcdPeer, apiServer, capiWebhook, capiHealth, capaWebhook, capaHealth, issuer, lattice, ...workload] = free;
  return { etcdClient, etcdPeer, apiServer, capiWebhook, capiHealth, capaWebhook, capaHealth, issuer, lattice, workload };
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
export async function freePorts(count: number): Promise<number[]> {
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
