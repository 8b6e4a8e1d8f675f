import type {
  CreateServiceNetworkVpcAssociationResponse,
  DeleteServiceNetworkVpcAssociationResponse,
  GetServiceNetworkVpcAssociationResponse,
  ListServiceNetworkVpcAssociationsResponse,
  ServiceNetworkVpcAssociationSummary,
  UpdateServiceNetworkVpcAssociationResponse,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { idOf, latticeArn, newId } from "../identifiers.ts";
import { conflict, invalid, notFound } from "../lattice-error.ts";
import { vpcAssociationStatus } from "../states/resource-statuses.ts";
import { DnsOptions, type VpcAssociationRecord } from "../store/records.ts";
import { type Call, checkQuota, delayOf, newEntity, newLifecycle } from "./call.ts";
import { clientToken, identifier, paging, securityGroupIds, tags, vpcId } from "./fields.ts";
import { idempotent } from "./idempotent.ts";
import { operation } from "./operation.ts";
import { page } from "./page.ts";
import { getServiceNetwork, isOfThisPlace } from "./service-networks.ts";

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
      const association = getAssociation(call, input.serviceNetworkVpcAssociationIdentifier);
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
      const association = getAssociation(call, serviceNetworkVpcAssociationIdentifier);
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
      const association = getAssociation(call, input.serviceNetworkVpcAssociationIdentifier);
      association.goneAt ??= call.now + delayOf(call, "vpcAssociationDelete");
      call.store.leaving.add(association);
      return { id: association.id, arn: association.arn, status: vpcAssociationStatus(call, association).status };
    },
  }),
];

function* associationsOf(
  call: Call,
  of: { serviceNetworkIdentifier: string | undefined; vpcIdentifier: string | undefined },
): Generator<VpcAssociationRecord> {
  const { vpcAssociations } = call.store;
  const networkId = of.serviceNetworkIdentifier === undefined ? null : idOf(of.serviceNetworkIdentifier);
  if (of.vpcIdentifier !== undefined) {
    for (const one of vpcAssociations.by("vpc", of.vpcIdentifier)) if (networkId === null || one.networkId === networkId) yield one;
  } else if (networkId !== null) yield* vpcAssociations.by("network", networkId);
  else throw invalid("serviceNetworkIdentifier or vpcIdentifier is required");
}

function getAssociation(call: Call, identifier: string): VpcAssociationRecord {
  const association = call.store.vpcAssociations.find(idOf(identifier));
  if (!association || !isOfThisPlace(call, identifier)) throw notFound(kind, identifier);
  return association;
}

function createAssociation(call: Call, input: z.output<typeof create>): CreateServiceNetworkVpcAssociationResponse {
  const network = getServiceNetwork(call, input.serviceNetworkIdentifier);
  const { vpcAssociations } = call.store;
  const [known] = vpcAssociations.by("vpc", input.vpcIdentifier);
  if (known) throw conflict(`VPC ${input.vpcIdentifier} is already associated with service network ${known.networkId}`, kind, known.id);
  checkQuota(call, "vpcAssociationsPerNetwork", vpcAssociations.by("network", network.id).size, {
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
    createdBy: call.store.account,
    securityGroupIds: association.securityGroupIds,
    privateDnsEnabled: association.privateDnsEnabled,
    dnsOptions: association.dnsOptions,
  } satisfies UpdateServiceNetworkVpcAssociationResponse;
}

function summary(call: Call, association: VpcAssociationRecord): ServiceNetworkVpcAssociationSummary {
  const network = call.store.networks.find(association.networkId);
  return {
    id: association.id,
    arn: association.arn,
    status: vpcAssociationStatus(call, association).status,
    createdBy: call.store.account,
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
