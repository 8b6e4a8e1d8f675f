import type { KubeObject } from "../../domain/requests/plan.ts";
import { buildAccountIdentity } from "./build-account-identity.ts";
import { buildKubeconfigBinding } from "./build-kubeconfig-binding.ts";
import { buildTeamNamespace } from "./build-team-namespace.ts";
import { buildTeamQuota } from "./build-team-quota.ts";
import type { TenancyToBuild } from "./tenancy-to-build.ts";

/** Everything that teams and their accounts imply on a management cluster, namespaces first. Same input, same objects in the same order. */
export function buildTenancyObjects({ teams, grants, portalUser }: TenancyToBuild): readonly KubeObject[] {
  const sorted = [...teams].sort((one, other) => (one.id < other.id ? -1 : 1));
  const key = ({ team, accountId }: TenancyToBuild["grants"][number]): string => `${team} ${accountId}`;
  return [
    ...sorted.map(({ id }) => buildTeamNamespace(id)),
    ...sorted.flatMap((team) => [buildTeamQuota(team), buildKubeconfigBinding(team.id, portalUser)]),
    ...[...grants].sort((one, other) => (key(one) < key(other) ? -1 : 1)).map(buildAccountIdentity),
  ];
}
