import type { KubeObject } from "../../domain/requests/plan.ts";
import { buildAccountIdentity } from "./build-account-identity.ts";
import { buildGateway } from "./build-gateway.ts";
import { buildGatewayClass } from "./build-gateway-class.ts";
import { buildGatewayNamespace } from "./build-gateway-namespace.ts";
import { buildKubeconfigBinding } from "./build-kubeconfig-binding.ts";
import { buildTeamNamespace } from "./build-team-namespace.ts";
import { buildTeamQuota } from "./build-team-quota.ts";
import type { TenancyToBuild } from "./tenancy-to-build.ts";

/**
 * Everything that teams, their accounts and the service networks imply on a management cluster, namespaces first, the class before its Gateways. Same input, same objects
 * in the same order.
 */
export function buildTenancyObjects({ teams, grants, networks, portalUser }: TenancyToBuild): readonly KubeObject[] {
  const sorted = [...teams].sort((one, other) => (one.id < other.id ? -1 : 1));
  const key = ({ team, accountId }: TenancyToBuild["grants"][number]): string => `${team} ${accountId}`;
  const sortedNetworks = [...networks].sort((one, other) => (one.name < other.name ? -1 : 1));
  const gatewayNamespaces = [...new Set(sortedNetworks.map(({ gatewayNamespace }) => gatewayNamespace))].sort();
  return [
    ...sorted.map(({ id }) => buildTeamNamespace(id, sortedNetworks)),
    ...gatewayNamespaces.map(buildGatewayNamespace),
    ...sorted.flatMap((team) => [buildTeamQuota(team), buildKubeconfigBinding(team.id, portalUser)]),
    ...[...grants].sort((one, other) => (key(one) < key(other) ? -1 : 1)).map(buildAccountIdentity),
    ...(sortedNetworks.length === 0 ? [] : [buildGatewayClass()]),
    ...sortedNetworks.map(buildGateway),
  ];
}
