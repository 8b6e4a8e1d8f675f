import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import { buildUserKubeconfig } from "../../manifests/clusters/build-user-kubeconfig.ts";
import { query } from "../query.ts";
import { ClusterName, ownClusterScope } from "./find-cluster.ts";
import { whyNotConnect } from "./to-cluster-view.ts";

/**
 * A kubeconfig without a secret: endpoint and CA of the tenant cluster, and how the person's own AWS sign-in gets a token.
 * `PRECONDITION` `clusters.notConnectable` before the control plane is up; `UNAVAILABLE` when the management cluster does not answer.
 */
export const getClusterKubeconfig = query({
  name: "cluster.kubeconfig",
  input: ClusterName,
  output: z.strictObject({ kubeconfig: z.string() }),
  permission: "cluster.connect",
  scope: ownClusterScope,
  run: async ({ namespace, name }, ctx) => {
    const observed = ctx.clusters.find(namespace, name);
    const { region, eksName } = observed?.controlPlane ?? { region: null, eksName: null };
    if (observed === undefined || whyNotConnect(observed) !== null || region === null || eksName === null)
      throw new PortalError("PRECONDITION", "clusters.notConnectable", { name });
    const { server, caData } = await ctx.kube
      .managementCluster(observed.managementCluster)
      .tenantEndpoint({ namespace, name }, { signal: ctx.signal });
    return { kubeconfig: buildUserKubeconfig({ namespace, name, server, caData, region, eksName }) };
  },
});
