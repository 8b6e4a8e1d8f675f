import type { AccountClient } from "./account-client.ts";
import {
  AccessLog,
  AuthPolicy,
  NetworkDetail,
  NetworkItem,
  ServiceAssociation,
  ServiceDetail,
  ServiceItem,
  TaggedResource,
  Target,
  TargetGroupDetail,
  TargetGroupItem,
  VpcAssociation,
  VpcAssociationDetail,
} from "./answers.ts";
import { type Asking, createAsking, orNull, PAGE } from "./asking.ts";
import type { LatticeAccount, LatticeCallOptions, LatticePort } from "./port.ts";
import { readListeners } from "./read-listeners.ts";

const RESOURCE_TYPES = { service: "vpc-lattice:service", "target-group": "vpc-lattice:targetgroup" } as const;

/** Every reading member of the port. */
export function createReader(clientOf: (account: LatticeAccount) => AccountClient): Omit<LatticePort, "pace" | "share" | "close"> {
  const ask = (account: LatticeAccount, options?: LatticeCallOptions) => createAsking(account.id, clientOf(account), options);
  return {
    listServices: (account, options) =>
      ask(account, options).all("ListServices", ServiceItem, (aws, page, signal) =>
        aws.latticeClient.send(new aws.lattice.ListServicesCommand({ ...PAGE, ...page }), signal),
      ),
    findService: (account, id, options) =>
      ask(account, options).find("GetService", ServiceDetail, (aws, signal) =>
        aws.latticeClient.send(new aws.lattice.GetServiceCommand({ serviceIdentifier: id }), signal),
      ),
    listServiceNetworks: (account, options) =>
      ask(account, options).all("ListServiceNetworks", NetworkItem, (aws, page, signal) =>
        aws.latticeClient.send(new aws.lattice.ListServiceNetworksCommand({ ...PAGE, ...page }), signal),
      ),
    findServiceNetwork: (account, id, options) =>
      ask(account, options).find("GetServiceNetwork", NetworkDetail, (aws, signal) =>
        aws.latticeClient.send(new aws.lattice.GetServiceNetworkCommand({ serviceNetworkIdentifier: id }), signal),
      ),
    async listServiceAssociations(account, of, options) {
      const asking = ask(account, options);
      const filter = "networkId" in of ? { serviceNetworkIdentifier: of.networkId } : { serviceIdentifier: of.serviceId };
      const items = await orNull(
        asking.all("ListServiceNetworkServiceAssociations", ServiceAssociation, (aws, page, signal) =>
          aws.latticeClient.send(new aws.lattice.ListServiceNetworkServiceAssociationsCommand({ ...PAGE, ...filter, ...page }), signal),
        ),
      );
      const whole = [];
      for (const item of items ?? [])
        whole.push(item.status.endsWith("_FAILED") ? ((await findAssociation(asking, item.id)) ?? item) : item);
      return whole;
    },
    async listVpcAssociations(account, networkId, options) {
      const items = await orNull(
        ask(account, options).all("ListServiceNetworkVpcAssociations", VpcAssociation, (aws, page, signal) =>
          aws.latticeClient.send(
            new aws.lattice.ListServiceNetworkVpcAssociationsCommand({ ...PAGE, serviceNetworkIdentifier: networkId, ...page }),
            signal,
          ),
        ),
      );
      return items ?? [];
    },
    findVpcAssociation: (account, id, options) =>
      ask(account, options).find("GetServiceNetworkVpcAssociation", VpcAssociationDetail, (aws, signal) =>
        aws.latticeClient.send(
          new aws.lattice.GetServiceNetworkVpcAssociationCommand({ serviceNetworkVpcAssociationIdentifier: id }),
          signal,
        ),
      ),
    listTargetGroups: (account, options) =>
      ask(account, options).all("ListTargetGroups", TargetGroupItem, (aws, page, signal) =>
        aws.latticeClient.send(new aws.lattice.ListTargetGroupsCommand({ ...PAGE, ...page }), signal),
      ),
    findTargetGroup: (account, id, options) =>
      ask(account, options).find("GetTargetGroup", TargetGroupDetail, (aws, signal) =>
        aws.latticeClient.send(new aws.lattice.GetTargetGroupCommand({ targetGroupIdentifier: id }), signal),
      ),
    listTargets: (account, id, options) =>
      ask(account, options).all("ListTargets", Target, (aws, page, signal) =>
        aws.latticeClient.send(new aws.lattice.ListTargetsCommand({ ...PAGE, targetGroupIdentifier: id, ...page }), signal),
      ),
    listListeners: (account, serviceId, options) => readListeners(ask(account, options), serviceId),
    findAuthPolicy: (account, resourceId, options) =>
      ask(account, options).find("GetAuthPolicy", AuthPolicy, (aws, signal) =>
        aws.latticeClient.send(new aws.lattice.GetAuthPolicyCommand({ resourceIdentifier: resourceId }), signal),
      ),
    async listAccessLogs(account, resourceId, options) {
      const items = await orNull(
        ask(account, options).all("ListAccessLogSubscriptions", AccessLog, (aws, page, signal) =>
          aws.latticeClient.send(
            new aws.lattice.ListAccessLogSubscriptionsCommand({ ...PAGE, resourceIdentifier: resourceId, ...page }),
            signal,
          ),
        ),
      );
      return items ?? [];
    },
    async listTags(account, { type, tags = {} }, options) {
      const found = await ask(account, options).all("GetResources", TaggedResource, async (aws, page, signal) => {
        const answer = await aws.taggingClient.send(
          new aws.tagging.GetResourcesCommand({
            ResourceTypeFilters: [RESOURCE_TYPES[type]],
            ResourcesPerPage: PAGE.maxResults,
            TagFilters: Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] })),
            ...(page.nextToken === undefined ? {} : { PaginationToken: page.nextToken }),
          }),
          signal,
        );
        return { items: answer.ResourceTagMappingList, nextToken: answer.PaginationToken };
      });
      return new Map(found.map(({ arn, tags: its }) => [arn, its]));
    },
  };
}

/** Why it failed stands only here (lattice.md §3.3). */
function findAssociation(asking: Asking, id: string) {
  return asking.find("GetServiceNetworkServiceAssociation", ServiceAssociation, (aws, signal) =>
    aws.latticeClient.send(
      new aws.lattice.GetServiceNetworkServiceAssociationCommand({ serviceNetworkServiceAssociationIdentifier: id }),
      signal,
    ),
  );
}
