import { eksNameOf } from "../../domain/clusters/eks-name.ts";
import { identityNameOf } from "../../domain/clusters/identity-name.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { CONTROL_PLANE } from "../api-groups.ts";
import { AWS_ACCOUNT } from "../keys.ts";
import { buildAccessEntries } from "./build-access-entries.ts";
import { type ClusterToBuild, controlPlaneName, metadataOf } from "./cluster-to-build.ts";

/**
 * AWSManagedControlPlane (CAPA v1beta2). Pins what CAPA leaves dangerous (cluster-api.md §10.6, §11.1): EKS name, identity, version,
 * access mode with permanent entries, encryption, logging, upgrade policy; lists are sent whole because they are atomic.
 */
export function buildAwsManagedControlPlane(cluster: ClusterToBuild): KubeObject {
  const { input, account, namespace } = cluster;
  const { fixed } = cluster.blueprint.data;
  return {
    apiVersion: CONTROL_PLANE,
    kind: "AWSManagedControlPlane",
    metadata: metadataOf(cluster, controlPlaneName(input.name), { [AWS_ACCOUNT]: account.awsAccountId }),
    spec: {
      eksClusterName: eksNameOf(namespace, input.name),
      region: account.region,
      version: `v${input.kubernetesVersion}`,
      identityRef: { kind: "AWSClusterRoleIdentity", name: identityNameOf(namespace, input.account) },
      network: networkOf(cluster),
      endpointAccess: endpointAccessOf(cluster),
      accessConfig: { authenticationMode: fixed.authenticationMode, bootstrapClusterCreatorAdminPermissions: true },
      accessEntries: buildAccessEntries(cluster),
      addons: (fixed.addons[input.kubernetesVersion] ?? []).map(({ name, version }) => ({
        name,
        version,
        conflictResolution: "overwrite",
      })),
      logging: { ...fixed.logging },
      upgradePolicy: fixed.upgradePolicy,
      tokenMethod: "aws-cli",
      ...(fixed.encryption ? { encryptionConfig: { provider: account.kmsKeyArn, resources: ["secrets"] } } : {}),
    },
  };
}

function networkOf({ input, blueprint }: ClusterToBuild): JsonObject {
  if (input.network.mode === "existing")
    return { vpc: { id: input.network.vpcId }, subnets: input.network.subnetIds.map((id) => ({ id })) };
  const zones =
    blueprint.data.network.mode === "managed"
      ? { availabilityZoneUsageLimit: blueprint.data.network.zones, availabilityZoneSelection: "Ordered" }
      : {};
  return { vpc: { cidrBlock: input.network.cidr, ...zones } };
}

function endpointAccessOf({ input }: ClusterToBuild): JsonObject {
  const access = { public: input.endpointAccess !== "private", private: input.endpointAccess !== "public" };
  return input.publicCidrs === undefined ? access : { ...access, publicCIDRs: [...input.publicCidrs] };
}
