import type { KubeObject } from "../../domain/requests/plan.ts";
import { isObject } from "../json-shape.ts";
import { AWS_ACCOUNT } from "../keys.ts";

export type AwsNames = { readonly awsAccountId: string; readonly region: string; readonly eksName: string };

/** Account, Region and EKS name that a plan's control plane will take in AWS; null when no object says them. */
export function readAwsNames(objects: readonly KubeObject[]): AwsNames | null {
  const controlPlane = objects.find(({ kind }) => kind === "AWSManagedControlPlane");
  const spec = isObject(controlPlane?.["spec"]) ? controlPlane["spec"] : {};
  const annotations = isObject(controlPlane?.metadata["annotations"]) ? controlPlane.metadata["annotations"] : {};
  const { region, eksClusterName: eksName } = spec;
  const awsAccountId = annotations[AWS_ACCOUNT];
  return typeof region === "string" && typeof eksName === "string" && typeof awsAccountId === "string"
    ? { awsAccountId, region, eksName }
    : null;
}
