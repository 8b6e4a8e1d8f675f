import type {
  CreateServiceNetworkServiceAssociationResponse,
  DeleteServiceNetworkServiceAssociationResponse,
  GetServiceNetworkServiceAssociationResponse,
  ListServiceNetworkServiceAssociationsResponse,
  ServiceNetworkServiceAssociationSummary,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { accountOfArn, idOf, latticeArn, newId } from "../identifiers.ts";
import { conflict, foreign, invalid, notFound } from "../lattice-error.ts";
import { serviceAssociationStatus, serviceStatus } from "../states/resource-statuses.ts";
import type { ServiceAssociationRecord, ServiceNetworkRecord, ServiceRecord } from "../store/records.ts";
import type { RegionStore } from "../store/region-store.ts";
import { type Call, checkQuota, delayOf, newEntity, newLifecycle } from "./call.ts";
import { clientToken, identifier, paging, tags } from "./fields.ts";
import { idempotent } from "./idempotent.ts";
import { operation } from "./operation.ts";
import { page } from "./page.ts";
import { getVisibleNetwork } from "./service-networks.ts";
import { getVisibleService, serviceDnsEntry } from "./services.ts";
import { findAnyNetwork, findAnyService, hasPart, serviceAssociationsOf } from "./visible-resources.ts";

const kind = "SERVICE_NETWORK_SERVICE_ASSOCIATION";
const one = z.object({ serviceNetworkServiceAssociationIdentifier: identifier });
const create = z.object({ serviceIdentifier: identifier, serviceNetworkIdentifier: identifier, clientToken, tags: tags.default({}) });

export const serviceAssociationOperations = [
  operation({
    name: "CreateServiceNetworkServiceAssociation",
    route: "POST /servicenetworkserviceassociations",
    access: "write",
    input: create,
    run: (call, input) => idempotent(call, { kind, token: input.clientToken, input }, () => createAssociation(call, input)),
  }),
  operation({
    name: "ListServiceNetworkServiceAssociations",
    route: "GET /servicenetworkserviceassociations",
    access: "read",
    input: z.object({ ...paging, serviceIdentifier: identifier.optional(), serviceNetworkIdentifier: identifier.optional() }),
    run: (call, input): ListServiceNetworkServiceAssociationsResponse => {
      const { serviceIdentifier, serviceNetworkIdentifier } = input;
      const items = [...associationsOf(call, { serviceIdentifier, serviceNetworkIdentifier })];
      return page(call, "service associations", { items, paging: input, view: (association) => summary(call, association) });
    },
  }),
  operation({
    name: "GetServiceNetworkServiceAssociation",
    route: "GET /servicenetworkserviceassociations/{serviceNetworkServiceAssociationIdentifier}",
    access: "read",
    input: one,
    run: (call, input): GetServiceNetworkServiceAssociationResponse => {
      const { item: association } = getAssociation(call, input.serviceNetworkServiceAssociationIdentifier);
      const { failureCode, failureMessage } = statusOf(call, association);
      return { ...summary(call, association), failureCode, failureMessage };
    },
  }),
  operation({
    name: "DeleteServiceNetworkServiceAssociation",
    route: "DELETE /servicenetworkserviceassociations/{serviceNetworkServiceAssociationIdentifier}",
    access: "write",
    input: one,
    run: (call, input): DeleteServiceNetworkServiceAssociationResponse => {
      const { owner, item: association } = getAssociation(call, input.serviceNetworkServiceAssociationIdentifier);
      if (hasPart(call, { owner, item: association }) !== "full") throw foreign(call, association.arn);
      association.goneAt ??= call.now + delayOf(call, "serviceAssociationDelete");
      owner.leaving.add(association);
      return { id: association.id, arn: association.arn, status: statusOf(call, association).status };
    },
  }),
];

function* associationsOf(
  call: Call,
  of: { serviceIdentifier: string | undefined; serviceNetworkIdentifier: string | undefined },
): Generator<ServiceAssociationRecord> {
  const { serviceIdentifier, serviceNetworkIdentifier } = of;
  const networkId = serviceNetworkIdentifier === undefined ? null : idOf(serviceNetworkIdentifier);
  const serviceId = serviceIdentifier === undefined ? null : idOf(serviceIdentifier);
  if (networkId === null && serviceId === null) throw invalid("serviceIdentifier or serviceNetworkIdentifier is required");
  for (const owner of call.regions()) {
    const { serviceAssociations } = owner;
    const found = serviceId === null ? serviceAssociations.by("network", networkId ?? "") : serviceAssociations.by("service", serviceId);
    for (const item of found) if ((networkId === null || item.networkId === networkId) && hasPart(call, { owner, item })) yield item;
  }
}

function getAssociation(call: Call, identifier: string): { owner: RegionStore; item: ServiceAssociationRecord } {
  for (const owner of call.regions()) {
    const item = owner.serviceAssociations.find(idOf(identifier));
    if (item && (!identifier.startsWith("arn:") || identifier === item.arn) && hasPart(call, { owner, item })) return { owner, item };
  }
  throw notFound(kind, identifier);
}

function statusOf(call: Call, association: ServiceAssociationRecord) {
  const store = findAnyService(call, association.serviceId)?.owner ?? call.store;
  return serviceAssociationStatus({ ...call, store }, association);
}

/** One of the two must be the account's own; what is not is named by its ARN. */
function checkOwners(
  call: Call,
  input: z.output<typeof create>,
  { service, network }: { service: ServiceRecord; network: ServiceNetworkRecord },
): void {
  const owns = { service: call.store.services.find(service.id) !== null, network: call.store.networks.find(network.id) !== null };
  if (!owns.service && !owns.network) throw invalid("Two entities that are both shared with this account cannot be associated");
  if (!owns.service && input.serviceIdentifier !== service.arn) throw notFound("SERVICE", input.serviceIdentifier);
  if (!owns.network && input.serviceNetworkIdentifier !== network.arn) throw notFound("SERVICE_NETWORK", input.serviceNetworkIdentifier);
}

function createAssociation(call: Call, input: z.output<typeof create>): CreateServiceNetworkServiceAssociationResponse {
  const service = getVisibleService(call, input.serviceIdentifier);
  const network = getVisibleNetwork(call, input.serviceNetworkIdentifier);
  checkOwners(call, input, { service, network });
  const { serviceAssociations } = call.store;
  const { status } = serviceStatus(call, service);
  if (status !== "ACTIVE") throw conflict(`Service ${service.id} is in ${status} state`, "SERVICE", service.id);
  const others = serviceAssociationsOf(call, network.id);
  const known = others.find((one) => one.serviceId === service.id);
  if (known) throw conflict(`Service ${service.id} is already associated with service network ${network.id}`, kind, known.id);
  checkQuota(call, "servicesPerNetwork", others.length, {
    message: "The number of service associations per service network exceeds the limit",
    code: "L-SERVICESPERNETWORK",
    kind,
  });
  const id = newId("snsa");
  const association: ServiceAssociationRecord = {
    id,
    arn: latticeArn(call.store, `servicenetworkserviceassociation/${id}`),
    ...newEntity(call),
    ...newLifecycle(call, "serviceAssociationCreate"),
    serviceId: service.id,
    networkId: network.id,
  };
  serviceAssociations.add(association);
  call.store.tags.create(association.arn, association.seq, input.tags);
  const { arn, status: shownStatus, createdBy, dnsEntry, customDomainName } = summary(call, association);
  return { id, arn, status: shownStatus, createdBy, dnsEntry, customDomainName };
}

function summary(call: Call, association: ServiceAssociationRecord): ServiceNetworkServiceAssociationSummary {
  const service = findAnyService(call, association.serviceId)?.item;
  const network = findAnyNetwork(call, association.networkId)?.item;
  return {
    id: association.id,
    arn: association.arn,
    status: statusOf(call, association).status,
    createdBy: accountOfArn(association.arn),
    createdAt: new Date(association.createdAt),
    serviceId: association.serviceId,
    serviceName: service?.name,
    serviceArn: service?.arn,
    serviceNetworkId: association.networkId,
    serviceNetworkName: network?.name,
    serviceNetworkArn: network?.arn,
    dnsEntry: service ? serviceDnsEntry(service) : undefined,
    customDomainName: service?.customDomainName,
  };
}
