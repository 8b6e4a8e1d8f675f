import type {
  CreateServiceNetworkServiceAssociationResponse,
  DeleteServiceNetworkServiceAssociationResponse,
  GetServiceNetworkServiceAssociationResponse,
  ListServiceNetworkServiceAssociationsResponse,
  ServiceNetworkServiceAssociationSummary,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { idOf, latticeArn, newId } from "../identifiers.ts";
import { conflict, invalid, notFound } from "../lattice-error.ts";
import { serviceAssociationStatus, serviceStatus } from "../states/resource-statuses.ts";
import type { ServiceAssociationRecord } from "../store/records.ts";
import { type Call, checkQuota, delayOf, newEntity, newLifecycle } from "./call.ts";
import { clientToken, identifier, paging, tags } from "./fields.ts";
import { idempotent } from "./idempotent.ts";
import { operation } from "./operation.ts";
import { page } from "./page.ts";
import { getServiceNetwork, isOfThisPlace } from "./service-networks.ts";
import { getService, serviceDnsEntry } from "./services.ts";

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
      const association = getAssociation(call, input.serviceNetworkServiceAssociationIdentifier);
      const { failureCode, failureMessage } = serviceAssociationStatus(call, association);
      return { ...summary(call, association), failureCode, failureMessage };
    },
  }),
  operation({
    name: "DeleteServiceNetworkServiceAssociation",
    route: "DELETE /servicenetworkserviceassociations/{serviceNetworkServiceAssociationIdentifier}",
    access: "write",
    input: one,
    run: (call, input): DeleteServiceNetworkServiceAssociationResponse => {
      const association = getAssociation(call, input.serviceNetworkServiceAssociationIdentifier);
      association.goneAt ??= call.now + delayOf(call, "serviceAssociationDelete");
      call.store.leaving.add(association);
      return { id: association.id, arn: association.arn, status: serviceAssociationStatus(call, association).status };
    },
  }),
];

function* associationsOf(
  call: Call,
  of: { serviceIdentifier: string | undefined; serviceNetworkIdentifier: string | undefined },
): Generator<ServiceAssociationRecord> {
  const { serviceAssociations } = call.store;
  const { serviceIdentifier, serviceNetworkIdentifier } = of;
  const networkId = serviceNetworkIdentifier === undefined ? null : idOf(serviceNetworkIdentifier);
  if (serviceIdentifier !== undefined) {
    for (const one of serviceAssociations.by("service", idOf(serviceIdentifier)))
      if (networkId === null || one.networkId === networkId) yield one;
  } else if (networkId !== null) yield* serviceAssociations.by("network", networkId);
  else throw invalid("serviceIdentifier or serviceNetworkIdentifier is required");
}

function getAssociation(call: Call, identifier: string): ServiceAssociationRecord {
  const association = call.store.serviceAssociations.find(idOf(identifier));
  if (!association || !isOfThisPlace(call, identifier)) throw notFound(kind, identifier);
  return association;
}

function createAssociation(call: Call, input: z.output<typeof create>): CreateServiceNetworkServiceAssociationResponse {
  const service = getService(call, input.serviceIdentifier);
  const network = getServiceNetwork(call, input.serviceNetworkIdentifier);
  const { serviceAssociations } = call.store;
  const { status } = serviceStatus(call, service);
  if (status !== "ACTIVE") throw conflict(`Service ${service.id} is in ${status} state`, "SERVICE", service.id);
  for (const known of serviceAssociations.by("service", service.id)) {
    if (known.networkId === network.id)
      throw conflict(`Service ${service.id} is already associated with service network ${network.id}`, kind, known.id);
  }
  checkQuota(call, "servicesPerNetwork", serviceAssociations.by("network", network.id).size, {
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
  const service = call.store.services.find(association.serviceId);
  const network = call.store.networks.find(association.networkId);
  return {
    id: association.id,
    arn: association.arn,
    status: serviceAssociationStatus(call, association).status,
    createdBy: call.store.account,
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
