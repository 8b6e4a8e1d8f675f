import {
  CreateServiceNetworkServiceAssociationCommand,
  paginateListServiceNetworkServiceAssociations,
  paginateListServiceNetworks,
  paginateListServices,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import type { ServicesToMake } from "../lattice/control/make-services.ts";

const callMs = 10_000;
type ServiceToMake = z.input<typeof ServicesToMake>["services"][number];

/** A service with the account that owns it, and the networks of the home account in which it is published. */
export type ServiceOfAccount = {
  readonly account: string;
  /** Through RAM, when another account publishes it. */
  readonly sharedWith?: string;
  readonly networks: readonly string[];
  readonly service: ServiceToMake;
};

/** The emulator's control surface, and a client that calls as the home account's infrastructure code. */
export type EmulatorHand = { readonly ask: (method: string, input: object) => Promise<unknown>; readonly client: VPCLatticeClient };
type Wanted = { readonly account: string; readonly region: string; readonly services: readonly ServiceOfAccount[] };

const Region = z.looseObject({ services: z.array(z.looseObject({ name: z.string(), arn: z.string() })) });
const Made = z.array(z.looseObject({ arn: z.string() }));

/** Makes what is missing of these services, their shares and their associations; `account` is the home account. */
export async function ensureServices({ ask, client }: EmulatorHand, { account: home, region, services }: Wanted): Promise<void> {
  for (const account of new Set(services.map((one) => one.account))) {
    const own = services.filter((one) => one.account === account);
    const there = Region.parse(await ask("describe", { account, region })).services;
    const missing = own.filter(({ service }) => !there.some(({ name }) => name === service.name));
    const made =
      missing.length === 0
        ? []
        : Made.parse(await ask("makeServices", { account, region, services: missing.map(({ service }) => service) }));
    const arns = new Map([
      ...there.map(({ name, arn }) => [name, arn] as const),
      ...missing.map(({ service }, at) => [service.name, made[at]?.arn ?? ""] as const),
    ]);
    for (const { service, sharedWith } of own)
      if (sharedWith !== undefined) await ask("putShare", { arn: arns.get(service.name), account: sharedWith });
  }
  await publish(client, home, services);
}

/** As the home account sees them: its own services and those shared with it, by name. */
async function publish(client: VPCLatticeClient, home: string, services: readonly ServiceOfAccount[]): Promise<void> {
  const ids = new Map<string, string>();
  for await (const page of paginateListServices({ client }, { maxResults: 100 }))
    for (const { name = "", arn = "" } of page.items ?? []) ids.set(`${arn.split(":")[4] ?? home}/${name}`, arn);
  for await (const page of paginateListServiceNetworks({ client }, { maxResults: 100 }))
    for (const { id: serviceNetworkIdentifier, name = "" } of page.items ?? []) {
      const wanted = services.filter(({ networks }) => networks.includes(name)).map((one) => ids.get(`${one.account}/${one.service.name}`));
      if (wanted.length === 0 || serviceNetworkIdentifier === undefined) continue;
      const published = await publishedIn(client, serviceNetworkIdentifier);
      for (const serviceIdentifier of wanted) {
        if (serviceIdentifier === undefined || published.includes(serviceIdentifier)) continue;
        const input = { serviceIdentifier, serviceNetworkIdentifier, tags: { "managed-by": "infrastructure-code" } };
        await client.send(new CreateServiceNetworkServiceAssociationCommand(input), { abortSignal: AbortSignal.timeout(callMs) });
      }
    }
}

async function publishedIn(client: VPCLatticeClient, serviceNetworkIdentifier: string): Promise<readonly string[]> {
  const found: string[] = [];
  const pages = paginateListServiceNetworkServiceAssociations({ client }, { serviceNetworkIdentifier, maxResults: 100 });
  for await (const page of pages)
    for (const { serviceArn, status } of page.items ?? []) if (serviceArn && status !== "DELETE_IN_PROGRESS") found.push(serviceArn);
  return found;
}
