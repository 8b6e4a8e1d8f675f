import type {
  CreateServiceNetworkResponse,
  GetServiceNetworkResponse,
  ListServiceNetworksResponse,
  ServiceNetworkSummary,
  UpdateServiceNetworkResponse,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { latticeArn, newId } from "../identifiers.ts";
import { conflict, foreign, notFound } from "../lattice-error.ts";
import type { ServiceNetworkRecord } from "../store/records.ts";
import { type Call, checkQuota, newEntity } from "./call.ts";
import { authType, clientToken, identifier, paging, resourceName, tags } from "./fields.ts";
import { idempotent } from "./idempotent.ts";
import { operation } from "./operation.ts";
import { page } from "./page.ts";
import { findVisibleNetwork, serviceAssociationsOf, visibleNetworks, vpcAssociationsOf } from "./visible-resources.ts";

const create = z.object({
  name: resourceName(3, 63, "servicenetwork-"),
  authType: authType.default("NONE"),
  sharingConfig: z.object({ enabled: z.boolean().optional() }).optional(),
  clientToken,
  tags: tags.default({}),
});
const one = z.object({ serviceNetworkIdentifier: identifier });

export const serviceNetworkOperations = [
  operation({
    name: "CreateServiceNetwork",
    route: "POST /servicenetworks",
    access: "write",
    status: 201,
    input: create,
    run: (call, input) =>
      idempotent(call, { kind: "SERVICE_NETWORK", token: input.clientToken, input }, () => createServiceNetwork(call, input)),
  }),
  operation({
    name: "ListServiceNetworks",
    route: "GET /servicenetworks",
    access: "read",
    input: z.object(paging),
    run: (call, input): ListServiceNetworksResponse =>
      page(call, "networks", { items: visibleNetworks(call), paging: input, view: (network) => summary(call, network) }),
  }),
  operation({
    name: "GetServiceNetwork",
    route: "GET /servicenetworks/{serviceNetworkIdentifier}",
    access: "read",
    input: one,
    run: (call, input): GetServiceNetworkResponse => {
      const network = getVisibleNetwork(call, input.serviceNetworkIdentifier);
      const { numberOfAssociatedResourceConfigurations: _none, ...shown } = summary(call, network);
      return { ...shown, authType: network.authType, sharingConfig: { enabled: network.sharingEnabled } };
    },
  }),
  operation({
    name: "UpdateServiceNetwork",
    route: "PATCH /servicenetworks/{serviceNetworkIdentifier}",
    access: "write",
    input: one.extend({ authType }),
    run: (call, input): UpdateServiceNetworkResponse => {
      const network = getServiceNetwork(call, input.serviceNetworkIdentifier);
      network.authType = input.authType;
      network.updatedAt = call.now;
      return { id: network.id, arn: network.arn, name: network.name, authType: network.authType };
    },
  }),
  operation({
    name: "DeleteServiceNetwork",
    route: "DELETE /servicenetworks/{serviceNetworkIdentifier}",
    access: "write",
    status: 204,
    input: one,
    run: (call, input) => deleteServiceNetwork(call, getServiceNetwork(call, input.serviceNetworkIdentifier)),
  }),
];

/** A network of the account itself. */
export function getServiceNetwork(call: Call, identifier: string): ServiceNetworkRecord {
  const found = findVisibleNetwork(call, identifier);
  if (!found) throw notFound("SERVICE_NETWORK", identifier);
  if (found.owner !== call.store) throw foreign(call, found.item.arn);
  return found.item;
}

/** The account's own or one that was shared with it. */
export function getVisibleNetwork(call: Call, identifier: string): ServiceNetworkRecord {
  const found = findVisibleNetwork(call, identifier);
  if (!found) throw notFound("SERVICE_NETWORK", identifier);
  return found.item;
}

/** An ARN of another account or Region names nothing here: only networks, services and associations are shared. */
export function isOfThisPlace(call: Call, identifier: string): boolean {
  return !identifier.startsWith("arn:") || identifier.startsWith(latticeArn(call.store, ""));
}

function createServiceNetwork(call: Call, input: z.output<typeof create>): CreateServiceNetworkResponse {
  const { networks, tags: tagStore } = call.store;
  if (networks.by("name", input.name).size > 0) throw conflict(`Service network with name ${input.name} already exists`, "SERVICE_NETWORK");
  checkQuota(call, "serviceNetworksPerRegion", networks.size, {
    message: "The number of service networks exceeds the limit",
    code: "L-NETWORKS",
    kind: "SERVICE_NETWORK",
  });
  const id = newId("sn");
  const network: ServiceNetworkRecord = {
    id,
    arn: latticeArn(call.store, `servicenetwork/${id}`),
    ...newEntity(call),
    name: input.name,
    authType: input.authType,
    sharingEnabled: input.sharingConfig?.enabled ?? true,
    authPolicy: null,
  };
  networks.add(network);
  tagStore.create(network.arn, network.seq, input.tags);
  return { id, arn: network.arn, name: network.name, authType: network.authType, sharingConfig: { enabled: network.sharingEnabled } };
}

function deleteServiceNetwork(call: Call, network: ServiceNetworkRecord): object {
  const { store } = call;
  if (serviceAssociationsOf(call, network.id).length > 0 || vpcAssociationsOf(call, network.id).length > 0)
    throw conflict(`Service network ${network.id} has associations`, "SERVICE_NETWORK", network.id);
  for (const log of store.accessLogs.by("resource", network.id)) {
    store.accessLogs.remove(log);
    store.tags.remove(log.arn);
  }
  store.networks.remove(network);
  store.tags.remove(network.arn);
  return {};
}

function summary(call: Call, network: ServiceNetworkRecord): ServiceNetworkSummary {
  return {
    id: network.id,
    arn: network.arn,
    name: network.name,
    createdAt: new Date(network.createdAt),
    lastUpdatedAt: new Date(network.updatedAt),
    numberOfAssociatedServices: serviceAssociationsOf(call, network.id).length,
    numberOfAssociatedVPCs: vpcAssociationsOf(call, network.id).length,
    numberOfAssociatedResourceConfigurations: 0,
  };
}
