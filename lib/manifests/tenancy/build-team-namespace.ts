import { teamNamespace } from "../../domain/clusters/eks-name.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { MANAGED_BY, TEAM, TRELLIS } from "../keys.ts";
import { TENANT } from "./tenancy-keys.ts";

/** `Namespace` (core/v1): the team's room. The tenant label is what `AWSClusterControllerIdentity/default` selects (cluster-api.md §5). */
export function buildTeamNamespace(team: string): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: teamNamespace(team), labels: { [MANAGED_BY]: TRELLIS, [TEAM]: team, [TENANT]: "true" } },
  };
}
