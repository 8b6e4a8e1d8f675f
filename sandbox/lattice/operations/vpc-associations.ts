import type {
  CreateServiceNetworkVpcAssociationResponse,
  DeleteServiceNetworkVpcAssociationResponse,
  GetServiceNetworkVpcAssociationResponse,
  ListServiceNetworkVpcAssociationsResponse,
  ServiceNetworkVpcAssociationSummary,
  UpdateServiceNetworkVpcAssociationResponse,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { accountOfArn, idOf, latticeArn, newId } from "../identifiers.ts";
import { conflict, foreign, invalid, notFound } from "../lattice-error.ts";
import { vpcAssociationStatus } from "../states/resource-statuses.ts";
import { DnsOptions, type VpcAssociationRecord } from "../store/records.ts";
import type { RegionStore } from "../store/region-store.ts";
import { type Call, checkQuota, delayOf, newEntity, newLifecycle } from "./call.ts";
import { clientToken, identifier, paging, securityGroupIds, tags, vpcId } from "./fields.ts";
import { idempotent } from "./idempotent.ts";
import { operation } from "./operation.ts";
import { page } from "./page.ts";
import { getVisibleNetwork } from "./service-networks.ts";
import { findAnyNetwork, hasPart, vpcAssociationsOf } from "./visible-resources.ts";

const kind = "SERVICE_NETWORK_VPC_ASSOCIATION";
const one = z.object({ serviceNetworkVpcAssociationIdentifier: identifier });
const create = z.object({
  serviceNetworkIdentifier: identifier,
  vpcIdentifier: vpcId,
  securityGroupIds: securityGroupIds.default([]),
  privateDnsEnabled: z.boolean().default(true),
  dnsOptions: DnsOptions.optional(),
  clientToken,
  tags: tags.default({}),
});

export const vpcAssociationOperations = [
  operation({
    name: "CreateServiceNetworkVpcAssociation",
    route: "POST /servicenetworkvpcassociations",
    access: "write",
    input: create,
    run: (call, input) => idempotent(call, { kind, token: input.clientToken, input }, () => createAssociation(call, input)),
  }),
  operation({
    name: "ListServiceNetworkVpcAssociations",
    route: "GET /servicenetworkvpcassociations",
    access: "read",
    input: z.object({ ...paging, serviceNetworkIdentifier: identifier.optional(), vpcIdentifier: vpcId.optional() }),
    run: (call, input): ListServiceNetworkVpcAssociationsResponse => {
      const { serviceNetworkIdentifier, vpcIdentifier } = input;
      const items = [...associationsOf(call, { serviceNetworkIdentifier, vpcIdentifier })];
      return page(call, "VPC associations", { items, paging: input, view: (association) => summary(call, association) });
    },
  }),
  operation({
    name: "GetServiceNetworkVpcAssociation",
    route: "GET /servicenetworkvpcassociations/{serviceNetworkVpcAssociationIdentifier}",
    access: "read",
    input: one,
    run: (call, input): GetServiceNetworkVpcAssociationResponse => {
      const { item: association } = getAssociation(call, input.serviceNetworkVpcAssociationIdentifier);
      const { failureCode, failureMessage } = vpcAssociationStatus(call, association);
      return { ...summary(call, association), securityGroupIds: association.securityGroupIds, failureCode, failureMessage };
    },
  }),
  operation({
    name: "UpdateServiceNetworkVpcAssociation",
    route: "PATCH /servicenetworkvpcassociations/{serviceNetworkVpcAssociationIdentifier}",
    access: "write",
    input: one.extend({
      securityGroupIds: securityGroupIds.optional(),
      privateDnsEnabled: z.boolean().optional(),
      dnsOptions: DnsOptions.optional(),
    }),
    run: (call, { serviceNetworkVpcAssociationIdentifier, ...change }): UpdateServiceNetworkVpcAssociationResponse => {
      const { owner, item: association } = getAssociation(call, serviceNetworkVpcAssociationIdentifier);
      if (owner !== call.store) throw foreign(call, association.arn);
      const { status } = vpcAssociationStatus(call, association);
      if (status !== "ACTIVE" && status !== "UPDATE_FAILED") throw conflict(`Association is in ${status} state`, kind, association.id);
      const readyAt = call.now + delayOf(call, "vpcAssociationUpdate");
      Object.assign(association, change, { updatedAt: call.now, readyAt, updating: true });
      return changed(call, association);
    },
  }),
  operation({
    name: "DeleteServiceNetworkVpcAssociation",
    route: "DELETE /servicenetworkvpcassociations/{serviceNetworkVpcAssociationIdentifier}",
    access: "write",
    input: one,
    run: (call, input): DeleteServiceNetworkVpcAssociationResponse => {
      const { owner, item: association } = getAssociation(call, input.serviceNetworkVpcAssociationIdentifier);
      association.goneAt ??= call.now + delayOf(call, "vpcAssociationDelete");
      owner.leaving.add(association);
      return { id: association.id, arn: association.arn, status: vpcAssociationStatus(call, association).status };
    },
  }),
];

function* associationsOf(
  call: Call,
  of: { serviceNetworkIdentifier: string | undefined; vpcIdentifier: string | undefined },
): Generator<VpcAssociationRecord> {
  const networkId = of.serviceNetworkIdentifier === undefined ? null : idOf(of.serviceNetworkIdentifier);
  const { vpcIdentifier } = of;
  if (networkId === null && vpcIdentifier === undefined) throw invalid("serviceNetworkIdentifier or vpcIdentifier is required");
  for (const owner of call.regions()) {
    const { vpcAssociations } = owner;
    const found = vpcIdentifier === undefined ? vpcAssociations.by("network", networkId ?? "") : vpcAssociations.by("vpc", vpcIdentifier);
    for (const item of found) if ((networkId === null || item.networkId === networkId) && hasPart(call, { owner, item })) yield item;
  }
}

function getAssociation(call: Call, identifier: string): { owner: RegionStore; item: VpcAssociationRecord } {
  for (const owner of call.regions()) {
    const item = owner.vpcAssociations.find(idOf(identifier));
    if (item && (!identifier.startsWith("arn:") || identifier === item.arn) && hasPart(call, { owner, item })) return { owner, item };
  }
  throw notFound(kind, identifier);
}

function createAssociation(call: Call, input: z.output<typeof create>): CreateServiceNetworkVpcAssociationResponse {
  const network = getVisibleNetwork(call, input.serviceNetworkIdentifier);
  if (!call.store.networks.find(network.id) && input.serviceNetworkIdentifier !== network.arn)
    throw notFound("SERVICE_NETWORK", input.serviceNetworkIdentifier);
  const { vpcAssociations } = call.store;
  const [known] = [...call.regions()].flatMap((store) => [...store.vpcAssociations.by("vpc", input.vpcIdentifier)]);
  if (known) throw conflict(`VPC ${input.vpcIdentifier} is already associated with service network ${known.networkId}`, kind, known.id);
  checkQuota(call, "vpcAssociationsPerNetwork", vpcAssociationsOf(call, network.id).length, {
    message: "The number of VPC associations per service network exceeds the limit",
    code: "L-VPCSPERNETWORK",
    kind,
  });
  const id = newId("snva");
  const association: VpcAssociationRecord = {
    id,
    arn: latticeArn(call.store, `servicenetworkvpcassociation/${id}`),
    ...newEntity(call),
    ...newLifecycle(call, "vpcAssociationCreate"),
    vpcId: input.vpcIdentifier,
    networkId: network.id,
    securityGroupIds: input.securityGroupIds,
    privateDnsEnabled: input.privateDnsEnabled,
    ...(input.dnsOptions ? { dnsOptions: input.dnsOptions } : {}),
  };
  vpcAssociations.add(association);
  call.store.tags.create(association.arn, association.seq, input.tags);
  return changed(call, association);
}

function changed(call: Call, association: VpcAssociationRecord) {
  return {
    id: association.id,
    arn: association.arn,
    status: vpcAssociationStatus(call, association).status,
    createdBy: accountOfArn(association.arn),
    securityGroupIds: association.securityGroupIds,
    privateDnsEnabled: association.privateDnsEnabled,
    dnsOptions: association.dnsOptions,
  } satisfies UpdateServiceNetworkVpcAssociationResponse;
}

function summary(call: Call, association: VpcAssociationRecord): ServiceNetworkVpcAssociationSummary {
  const network = findAnyNetwork(call, association.networkId)?.item;
  return {
    id: association.id,
    arn: association.arn,
    status: vpcAssociationStatus(call, association).status,
    createdBy: accountOfArn(association.arn),
    createdAt: new Date(association.createdAt),
    lastUpdatedAt: new Date(association.updatedAt),
    vpcId: association.vpcId,
    serviceNetworkId: association.networkId,
    serviceNetworkName: network?.name,
    serviceNetworkArn: network?.arn,
    privateDnsEnabled: association.privateDnsEnabled,
    dnsOptions: association.dnsOptions,
  };
}
