import type { ControlPlane } from "./eks-objects.ts";

/** One step CAPA takes: the condition it ends with, how long AWS usually needs, and what CAPA says meanwhile and afterwards. */
export type Step = {
  condition: string;
  seconds: number;
  startedReason?: string;
  event?: { reason: string; message: (names: { vpc: string; cluster: string }) => string };
};

const vpc: Step = {
  condition: "VpcReady",
  seconds: 20,
  startedReason: "VpcCreationStarted",
  event: { reason: "SuccessfulCreateVPC", message: (n) => `Created new managed VPC "${n.vpc}"` },
};
const foundVpc: Step = { condition: "VpcReady", seconds: 3 };
const subnets: Step = {
  condition: "SubnetsReady",
  seconds: 15,
  event: { reason: "SuccessfulCreateSubnet", message: () => "Created new managed Subnets" },
};
const foundSubnets: Step = { condition: "SubnetsReady", seconds: 3 };
const internetGateway: Step = {
  condition: "InternetGatewayReady",
  seconds: 10,
  event: { reason: "SuccessfulAttachInternetGateway", message: (n) => `Internet Gateway attached to VPC "${n.vpc}"` },
};
const egressOnlyGateway: Step = { condition: "EgressOnlyInternetGatewayReady", seconds: 8 };
const natGateways: Step = {
  condition: "NatGatewaysReady",
  seconds: 80,
  startedReason: "NatGatewaysCreationStarted",
  event: { reason: "SuccessfulCreateNATGateway", message: () => "Created new NAT Gateways" },
};
const routeTables: Step = {
  condition: "RouteTablesReady",
  seconds: 10,
  event: { reason: "SuccessfulCreateRouteTable", message: () => "Created managed RouteTables" },
};
const endpoints: Step = { condition: "VpcEndpointsReadyCondition", seconds: 5 };
const securityGroups: Step = {
  condition: "ClusterSecurityGroupsReady",
  seconds: 10,
  event: { reason: "SuccessfulCreateSecurityGroup", message: () => 'Created managed SecurityGroup for Role "node-eks-additional"' },
};
const bastion: Step = { condition: "BastionHostReady", seconds: 60 };
const roles: Step = { condition: "IAMControlPlaneRolesReady", seconds: 10 };
const eks: Step = {
  condition: "EKSControlPlaneReady",
  seconds: 430,
  event: { reason: "SuccessfulCreateEKSControlPlane", message: (n) => `Created new EKS control plane ${n.cluster}` },
};
const addons: Step = {
  condition: "EKSAddonsConfigured",
  seconds: 30,
  event: { reason: "SuccessfulReconcileEKSClusterAddons", message: (n) => `Reconciled addons for EKS Cluster ${n.cluster}` },
};
const authenticator: Step = { condition: "IAMAuthenticatorConfigured", seconds: 4 };

const ownershipTag = "sigs.k8s.io/cluster-api-provider-aws/cluster/";

/** Whether CAPA made the VPC itself: none was given, or it carries CAPA's own tag. */
export function isManagedVpc(controlPlane: ControlPlane): boolean {
  const given = controlPlane.spec.network?.vpc;
  return !given?.id || Object.keys(given.tags ?? {}).some((key) => key.startsWith(ownershipTag));
}

export function ownershipTags(controlPlane: ControlPlane): Record<string, string> {
  return { Name: `${controlPlane.metadata.name}-vpc`, [`${ownershipTag}${controlPlane.metadata.name}`]: "owned" };
}

/** CAPA's steps in the order it takes them: 7 in a VPC that was given, 11 and more in one of its own. */
export function controlPlaneSteps(controlPlane: ControlPlane): Step[] {
  const managed = isManagedVpc(controlPlane);
  const ipv6 = controlPlane.spec.network?.vpc?.ipv6 !== undefined;
  const network = managed
    ? [vpc, subnets, internetGateway, ...(ipv6 ? [egressOnlyGateway] : []), natGateways, routeTables, endpoints]
    : [foundVpc, foundSubnets];
  const host = managed && controlPlane.spec.bastion?.enabled === true ? [bastion] : [];
  return [...network, securityGroups, ...host, roles, eks, addons, authenticator];
}

/** What goes when a control plane is deleted, in CAPA's order, after EKS itself. */
export const networkDeletion: readonly { condition: string; seconds: number }[] = [
  { condition: "ClusterSecurityGroupsReady", seconds: 15 },
  { condition: "VpcEndpointsReadyCondition", seconds: 5 },
  { condition: "RouteTablesReady", seconds: 10 },
  { condition: "NatGatewaysReady", seconds: 60 },
  { condition: "InternetGatewayReady", seconds: 10 },
  { condition: "SubnetsReady", seconds: 10 },
  { condition: "VpcReady", seconds: 10 },
];
export const eksDeletionSeconds = 180;
export const versionUpdateSeconds = 480;
