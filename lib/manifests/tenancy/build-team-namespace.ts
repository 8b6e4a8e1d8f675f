import { teamNamespace } from "../../domain/clusters/eks-name.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { networkLabel, type ServiceNetworkConfig } from "../../domain/tenancy/networking.ts";
import { MANAGED_BY, TEAM, TRELLIS } from "../keys.ts";
import { TENANT } from "./tenancy-keys.ts";

/**
 * `Namespace` (core/v1): the team's room. The tenant label is what `AWSClusterControllerIdentity/default` selects (cluster-api.md §5); one label for each network that
 * the team may publish to is what the listeners of its Gateway select.
 */
export function buildTeamNamespace(team: string, networks: readonly ServiceNetworkConfig[]): KubeObject {
  const published = networks
    .filter(({ publishers }) => publishers.some((one) => one === team))
    .map(({ name }) => [networkLabel(name), "true"]);
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: teamNamespace(team),
      labels: { [MANAGED_BY]: TRELLIS, [TEAM]: team, [TENANT]: "true", ...Object.fromEntries(published) },
    },
  };
}
