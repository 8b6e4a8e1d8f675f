import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubeClient } from "../../../kube/kube-client.ts";
import { KubeObject, type Resource, resources } from "../../../kube/kube-object.ts";
import type { LoggedCall } from "../../../lattice/call-log.ts";
import type { LatticeSettingsChange } from "../../../lattice/lattice-settings.ts";
import { startLatticeEmulator } from "../../../lattice/start-lattice-emulator.ts";
import type { SandboxFolder } from "../../../state/sandbox-folder.ts";
import { networkResources } from "../network-resources.ts";
import { startGatewayController } from "../start-gateway-controller.ts";
import { type BareApiServer, startBareApiServer } from "./bare-api-servers.ts";

export const account = "111122223333";
export const region = "us-west-2";
export const place = { account, region };
type Side = "management" | "provider";
const identities = {
  management: { clusterName: "mgmt", vpcId: "vpc-0000000000000000f", accessKeyId: "AKIAMGMT" },
  provider: { clusterName: "prod-a", vpcId: "vpc-0000000000000000a", accessKeyId: "AKIAPRODA" },
};
const byKind = new Map<string, Resource>([...Object.values(networkResources), ...Object.values(resources)].map((one) => [one.kind, one]));

/** Two clusters of their own, an emulated AWS, and controllers that are started when a test asks for them. */
export async function routeWorld(folder: SandboxFolder) {
  const servers: Record<Side, BareApiServer> = await both(folder);
  const clients = { management: servers.management.client("test"), provider: servers.provider.client("test") };
  const file = folder.at(`lattice-test-${randomBytes(4).toString("hex")}.json`);
  const callers = Object.values(identities).map((one) => ({ accessKeyId: one.accessKeyId, caller: one.clusterName, account }));
  const emulator = await startLatticeEmulator({ file, port: 0, callers, token: "test", settings: quick(1) });
  const running: { stop: () => Promise<void> }[] = [];

  return {
    clients,
    lattice: emulator.control,
    /** Starts the controller of one side; `stop` of the world stops it too. */
    controller: (side: Side, options: { speed: number; resyncSeconds?: number }) => {
      const started = startGatewayController({
        client: servers[side].client("gateway-api-controller"),
        latticeUrl: emulator.url,
        awsAccountId: account,
        region,
        resyncSeconds: options.resyncSeconds ?? 0,
        speed: options.speed,
        say: () => undefined,
        ...identities[side],
      });
      running.push(started);
      return started;
    },
    calls: (caller: string, since = 0): LoggedCall[] => emulator.control.calls({ caller, since }).calls,
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()));
      await Promise.all([servers.management.stop(), servers.provider.stop(), emulator.stop()]);
      rmSync(file, { force: true });
    },
  };
}
export type RouteWorld = Awaited<ReturnType<typeof routeWorld>>;

async function both(folder: SandboxFolder): Promise<Record<Side, BareApiServer>> {
  const [management, provider] = await Promise.all([startBareApiServer(folder, "gwc-m"), startBareApiServer(folder, "gwc-p")]);
  return { management, provider };
}

/** Delays of AWS in real milliseconds, small enough for a test and larger than a look. */
export function quick(factor: number): LatticeSettingsChange {
  return {
    delaysMs: {
      serviceCreate: 150 * factor,
      serviceDelete: 100 * factor,
      serviceAssociationCreate: 150 * factor,
      serviceAssociationDelete: 100 * factor,
      vpcAssociationCreate: 150 * factor,
      vpcAssociationUpdate: 100 * factor,
      vpcAssociationDelete: 100 * factor,
      targetGroupCreate: 100 * factor,
      targetGroupDelete: 50 * factor,
      targetInitial: 200 * factor,
      targetDraining: 200 * factor,
    },
  };
}

/** The resource an object is of, by its kind. */
export function resourceOf(object: KubeObject): Resource {
  const found = byKind.get(object.kind ?? "");
  if (!found) throw new Error(`no resource for the kind ${object.kind ?? ""}`);
  return found;
}

/** Applies objects one after the other, as a person with kubectl would. */
export async function applyAll(client: KubeClient, objects: readonly unknown[]): Promise<void> {
  for (const one of objects) {
    const object = KubeObject.parse(one);
    await client.apply(resourceOf(object), object);
  }
}

export type SeenEvent = { object: string; type: string; reason: string; message: string; count: number };
const text = (value: unknown) => (typeof value === "string" ? value : "");

/** Events of a namespace, oldest first, without what differs from run to run. */
export async function seenEvents(client: KubeClient, namespace: string, name?: string): Promise<SeenEvent[]> {
  const { items } = await client.list(resources.event, {}, namespace);
  const all = items.map((item) => {
    const fields: Record<string, unknown> = { ...item };
    const about: Record<string, unknown> = { ...(typeof fields.involvedObject === "object" ? fields.involvedObject : {}) };
    return {
      at: item.metadata.creationTimestamp ?? "",
      name: text(about.name),
      event: {
        object: `${text(about.kind)}/${text(about.name)}`,
        type: text(fields.type),
        reason: text(fields.reason),
        message: text(fields.message),
        count: typeof fields.count === "number" ? fields.count : 1,
      },
    };
  });
  return all
    .filter((one) => name === undefined || one.name === name)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map((one) => one.event);
}

/** Waits until the answer holds; fails with what was waited for. */
export async function until<T>(what: string, ask: () => Promise<T | null> | T | null, timeoutMs = 30_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== null) return answer;
    await sleep(50);
  }
  throw new Error(`not within ${timeoutMs / 1_000} s: ${what}`);
}
