import type {
  ListResourceConfigurationsResponse,
  ListResourceGatewaysResponse,
  ListServiceNetworkResourceAssociationsResponse,
  ListServiceNetworkVpcEndpointAssociationsResponse,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { identifier, paging } from "./fields.ts";
import { operation } from "./operation.ts";

// Nobody makes VPC resources or endpoints here (lattice.md §3.6): an account that has none answers empty lists.
const nothing = { items: [] };

export const absentFamilyOperations = [
  operation({
    name: "ListServiceNetworkVpcEndpointAssociations",
    route: "GET /servicenetworkvpcendpointassociations",
    access: "read",
    input: z.object({ ...paging, serviceNetworkIdentifier: identifier }),
    run: (): ListServiceNetworkVpcEndpointAssociationsResponse => nothing,
  }),
  operation({
    name: "ListServiceNetworkResourceAssociations",
    route: "GET /servicenetworkresourceassociations",
    access: "read",
    input: z.object(paging),
    run: (): ListServiceNetworkResourceAssociationsResponse => nothing,
  }),
  operation({
    name: "ListResourceConfigurations",
    route: "GET /resourceconfigurations",
    access: "read",
    input: z.object(paging),
    run: (): ListResourceConfigurationsResponse => nothing,
  }),
  operation({
    name: "ListResourceGateways",
    route: "GET /resourcegateways",
    access: "read",
    input: z.object(paging),
    run: (): ListResourceGatewaysResponse => nothing,
  }),
];
