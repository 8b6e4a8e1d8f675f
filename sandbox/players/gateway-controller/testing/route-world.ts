import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { VPCLattice } from "@aws-sdk/client-vpc-lattice";
import type { KubeClient } from "../../../kube/kube-client.ts";
import { KubeObject, type Resource, resources } from "../../../kube/kube-object.ts";
import type { LoggedCall } from "../../../lattice/call-log.ts";
import type { LatticeSettingsChange } from "../../../lattice/lattice-settings.ts";
import { startLatticeEmulator } from "../../../lattice/start-lattice-emulator.ts";
import { networkResources } from "../network-resources.ts";
import { startGatewayController } from "../start-gateway-controller.ts";
import { type BareApiServer, startBareApiServers } from "./bare-api-servers.ts";

export const account = "111122223333";
export const region = "us-west-2";
export const place = { account, region };
type Side = "management" | "provider";
const identities = {
  management: { clusterName: "mgmt", vpcId: "vpc-0000000000000000f", accessKeyId: "AKIAMGMT" },
  provider: { clusterName: "prod-a", vpcId: "vpc-0000000000000000a", accessKeyId: "AKIAPRODA" },
};
const outsider = { accessKeyId: "AKIAOUTSIDER", caller: "outsider", account };
const byKind = new Map<string, Resource>([...Object.values(networkResources), ...Object.values(resources)].map((one) => [one.kind, one]));

/** Two clusters of their own, an emulated AWS, and controllers that are started when a test asks for them. */
export async function routeWorld() {
  const bare = await startBareApiServers(2);
  const [management, provider] = bare.servers;
  if (!management || !provider) throw new Error("two API servers were asked for");
  const servers: Record<Side, BareApiServer> = { management, provider };
  const clients = { management: servers.management.client("test"), provider: servers.provider.client("test") };
  const file = join(bare.folder, "lattice.json");
  const controllers = Object.values(identities).map((one) => ({ accessKeyId: one.accessKeyId, caller: one.clusterName, account }));
  const callers = [...controllers, outsider];
  const emulator = await startLatticeEmulator({ file, port: 0, callers, token: "test", settings: quick(1) });
  const running: { stop: () => Promise<void> }[] = [];

  return {
    clients,
    lattice: emulator.control,
    /** Starts the controller of one side; `stop` of the world stops it too. */
    controller: (side: Side, options: { speed: number; resyncSeconds?: number; collectSeconds?: number }) => {
      const started = startGatewayController({
        client: servers[side].client("gateway-api-controller"),
        latticeUrl: emulator.url,
        awsAccountId: account,
        region,
        resyncSeconds: 0,
        ...options,
        say: () => undefined,
        ...identities[side],
      });
      running.push(started);
      return started;
    },
    /** A service network as infrastructure code makes it. */
    createNetwork: (name: string) => outside(emulator.url, (aws, options) => aws.createServiceNetwork({ name }, options)),
    /** A service that was there before. */
    createService: (name: string, tags: Record<string, string>) =>
      outside(emulator.url, (aws, options) => aws.createService({ name, tags }, options)),
    /**
     * Somebody with a console takes a service away, whatever the controller does in between: an association
     * that it makes anew before the service is gone is taken away again.
     */
    destroyService: async (name: string): Promise<void> => {
      const id = emulator.control.describe(place).services.find((one) => one.name === name)?.id;
      if (id === undefined) throw new Error(`no service is called ${name}`);
      const goes = (call: Parameters<typeof outside>[1]) =>
        outside(emulator.url, call).then(
          () => true,
          () => null,
        );
      await until("the service deleted", async () => {
        const { serviceAssociations } = emulator.control.describe(place);
        for (const one of serviceAssociations.filter((each) => each.serviceId === id))
          await goes((aws, options) =>
            aws.deleteServiceNetworkServiceAssociation({ serviceNetworkServiceAssociationIdentifier: one.id }, options),
          );
        return goes((aws, options) => aws.deleteService({ serviceIdentifier: id }, options));
      });
    },
    certificates: (domains: readonly { arn: string; domainName: string }[]) =>
      emulator.control.setCertificates({
        ...place,
        certificates: domains.map((one) => ({ ...one, alternativeNames: [], status: "ISSUED" })),
      }),
    calls: (caller: string, since = 0): LoggedCall[] => emulator.control.calls({ caller, since }).calls,
    stop: async () => {
      await Promise.all(running.map((one) => one.stop()));
      await emulator.stop();
      await bare.stop();
    },
  };
}
export type RouteWorld = Awaited<ReturnType<typeof routeWorld>>;

/** A call of somebody who is no controller. */
async function outside(endpoint: string, call: (aws: VPCLattice, options: { abortSignal: AbortSignal }) => Promise<object>): Promise<void> {
  const aws = new VPCLattice({ endpoint, region, credentials: { accessKeyId: outsider.accessKeyId, secretAccessKey: "secret" } });
  try {
    await call(aws, { abortSignal: AbortSignal.timeout(10_000) });
  } finally {
    aws.destroy();
  }
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
