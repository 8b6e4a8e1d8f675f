import { LATTICE_TAGS, type LatticeService } from "../../domain/routes/lattice-facts.ts";
import type { ObservedConsumer } from "../../domain/routes/observed-route.ts";
import type { ServiceNetworkConfig } from "../../domain/tenancy/networking.ts";
import { type ForeignService, foreignNamespace } from "../../domain/topology/directory-foreign.ts";
import type { Context } from "../context.ts";
import type { readNetworking } from "../routes/read-networking.ts";

export type NetworksInUse = Awaited<ReturnType<typeof readNetworking>>;
type Reads = Pick<Context, "facts" | "clusters">;
/** `name` is the name in its address: that of the service, with the Region where one account has the name in two. */
export type NamedForeign = { readonly service: ForeignService; readonly name: string };

/**
 * Every Lattice service that the portal's accounts see and no route owns, each once; `owned` are the ARNs of the routes' services. The account that owns a
 * service knows most of it, so its word counts before that of one it is shared with.
 */
export function foreignServices(reads: Reads, networking: NetworksInUse, owned: ReadonlySet<string>): readonly NamedForeign[] {
  const found = new Map<string, ForeignService>();
  for (const account of networking.accounts)
    for (const service of servicesOf(reads, networking, account)) {
      if (owned.has(service.arn)) continue;
      if (!found.has(service.arn) || service.owner === account.awsAccountId) found.set(service.arn, service);
    }
  return named([...found.values()].sort((one, other) => (one.arn < other.arn ? -1 : 1)));
}

function servicesOf(reads: Reads, networking: NetworksInUse, account: NetworksInUse["accounts"][number]): readonly ForeignService[] {
  const { facts } = reads;
  const controllers = new Set(
    networking.config.lattice.map(({ account: id, controller }) => {
      const number = networking.accounts.find((one) => one.id === id)?.awsAccountId ?? "";
      return `${number}/${controller.clusterName}/${controller.vpcId}`;
    }),
  );
  const tags = facts.known(account.id, "service-tags");
  const listed = facts.known(account.id, "service");
  const associated = facts.associatedServices(account.id);
  const ids = new Set([...listed.keys(), ...associated.keys()]);
  return [...ids].flatMap((id) => {
    // Made by a controller of ours: a route's, even when its object went a moment ago.
    if (controllers.has(tags.get(id)?.tags[LATTICE_TAGS.managedBy] ?? "")) return [];
    const said = listed.get(id) ?? byAssociation(associated.get(id)?.[0]);
    const owner = ownerOf(said?.arn);
    const lattice = facts.latticeOfService(account.id, id);
    if (said === null || owner === null || lattice === null) return [];
    const networks = [...new Set((lattice.associations?.value ?? []).map(({ networkName }) => networkName))].sort();
    return [
      {
        account: { id: account.id, awsAccountId: account.awsAccountId },
        arn: said.arn,
        name: said.name,
        owner,
        domainName: said.domainName,
        lattice,
        networks: networks.map((name) => networkOf(reads, { name, account: account.id, networking })),
      },
    ];
  });
}

function byAssociation(
  association: ReturnType<Reads["facts"]["associatedServices"]> extends ReadonlyMap<string, readonly (infer One)[]>
    ? One | undefined
    : never,
): Pick<LatticeService, "arn" | "name" | "domainName"> | null {
  if (association?.serviceName === undefined) return null;
  return { arn: association.serviceArn, name: association.serviceName, domainName: association.domainName ?? null };
}

function ownerOf(arn: string | undefined): string | null {
  return /^arn:aws[a-z-]*:vpc-lattice:[a-z0-9-]+:([0-9]{12}):service\//.exec(arn ?? "")?.[1] ?? null;
}

type Wanted = { readonly name: string; readonly account: string; readonly networking: NetworksInUse };

function networkOf(reads: Reads, { name, account, networking }: Wanted): ForeignService["networks"][number] {
  const found = networking.networks.find(({ network }) => network.name === name && network.account === account);
  return {
    name,
    consumers: (found?.network.consumers ?? []).map((consumer) => toConsumer(reads, found?.lattice.managementCluster ?? "", consumer)),
    publishers: found?.network.publishers ?? [],
    callers: found?.network.callers ?? [],
  };
}

function toConsumer(
  { clusters }: Reads,
  managementCluster: string,
  { vpcId, cluster, team }: ServiceNetworkConfig["consumers"][number],
): ObservedConsumer {
  return {
    team: team ?? null,
    name: cluster?.slice(cluster.indexOf("/") + 1) ?? vpcId ?? team ?? "",
    cluster: cluster ?? null,
    vpcId: vpcId ?? (cluster === undefined ? null : (clusters.get(`${managementCluster}/${cluster}`)?.controlPlane?.vpcId ?? null)),
    roleArn: null,
    methods: [],
    paths: [],
  };
}

function named(services: readonly ForeignService[]): readonly NamedForeign[] {
  const counts = new Map<string, number>();
  const plain = (service: ForeignService) => `${foreignNamespace(service)}/${service.name}`;
  for (const service of services) counts.set(plain(service), (counts.get(plain(service)) ?? 0) + 1);
  return services.map((service) => {
    const isAlone = counts.get(plain(service)) === 1;
    return { service, name: isAlone ? service.name : `${service.name}.${service.arn.split(":")[3] ?? ""}` };
  });
}
