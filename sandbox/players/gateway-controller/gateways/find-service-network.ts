import { allPages } from "../aws-calls.ts";
import type { ControllerWorld } from "../controller-world.ts";
import { LatticeNotFound } from "../reconcile-errors.ts";
import type { Tags } from "../tag-reader.ts";

export type FoundNetwork = { id: string; arn: string; name: string; tags: Tags };

/** More than one network of the account carries the name. */
export class NetworkNameConflict extends Error {
  constructor(name: string) {
    super(`multiple service networks found with the same name: ${name}`);
    this.name = "NetworkNameConflict";
  }
}

/** A network by name, then by id, then through this VPC's own association, which is how a shared network is found (lattice.md §1.3). */
export async function findServiceNetwork(world: ControllerWorld, nameOrId: string): Promise<FoundNetwork> {
  const networks = await allPages(async (nextToken) => {
    const answer = await world.aws.lattice("ListServiceNetworks", (api, options) =>
      api.listServiceNetworks(nextToken === undefined ? {} : { nextToken }, options),
    );
    return { items: answer.items, nextToken: answer.nextToken };
  });
  const named = networks.filter((one) => one.name === nameOrId);
  if (named.length > 1) throw new NetworkNameConflict(nameOrId);
  const found = named[0] ?? networks.find((one) => one.id === nameOrId);
  if (found) return withTags(world, { id: found.id ?? "", arn: found.arn ?? "", name: found.name ?? "" });
  return throughAssociation(world, nameOrId);
}

async function throughAssociation(world: ControllerWorld, nameOrId: string): Promise<FoundNetwork> {
  const answer = await world.aws.lattice("ListServiceNetworkVpcAssociations", (api, options) =>
    api.listServiceNetworkVpcAssociations({ vpcIdentifier: world.identity.vpcId }, options),
  );
  const found = (answer.items ?? []).find(
    (one) => one.status === "ACTIVE" && (one.serviceNetworkName === nameOrId || one.serviceNetworkId === nameOrId),
  );
  if (!found) throw new LatticeNotFound(`Service network ${nameOrId}`);
  return { id: found.serviceNetworkId ?? "", arn: found.serviceNetworkArn ?? "", name: found.serviceNetworkName ?? "", tags: {} };
}

async function withTags(world: ControllerWorld, network: Omit<FoundNetwork, "tags">): Promise<FoundNetwork> {
  return { ...network, tags: await world.tags.ofResource(network.arn) };
}
