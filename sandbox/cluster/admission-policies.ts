import { setTimeout as sleep } from "node:timers/promises";
import { type KubeClient, KubeError } from "../kube/kube-client.ts";
import { resources } from "../kube/kube-object.ts";

const policy = "trellis-identity-belongs-to-namespace";
const probeName = "trellis-sandbox-probe";
const waitMs = 120_000;

/**
 * Takes the policy with parameters away before the API server stops. When it is there at the next start, the API server looks its
 * parameter kind up before the CRD is served, fails, and looks again only half a minute later.
 */
export async function removeParameterPolicy(client: KubeClient): Promise<void> {
  await client.delete(resources.admissionPolicyBinding, { name: policy }).catch(() => undefined);
  await client.delete(resources.admissionPolicy, { name: policy }).catch(() => undefined);
}

/** Whether the policy stands there from an earlier life of the API server, which then ended without `removeParameterPolicy`. */
export async function hasParameterPolicy(client: KubeClient): Promise<boolean> {
  return (await client.find(resources.admissionPolicy, { name: policy })) !== null;
}

/** Waits until the API server evaluates the policy: a second binding, to a namespace of our own, must refuse a control plane for the policy's reasons. */
export async function untilPolicyIsEvaluated(client: KubeClient, signal: AbortSignal): Promise<void> {
  await client.apply(resources.namespace, { apiVersion: "v1", kind: "Namespace", metadata: { name: probeName } });
  await client.apply(resources.admissionPolicyBinding, {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name: probeName },
    spec: {
      policyName: policy,
      validationActions: ["Deny"],
      paramRef: { selector: {}, parameterNotFoundAction: "Deny" },
      matchResources: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": probeName } } },
    },
  });
  const until = Date.now() + waitMs;
  while (Date.now() < until) {
    signal.throwIfAborted();
    if (await isEvaluated(client)) return;
    await sleep(200);
  }
  throw new Error(`the admission policy ${policy} was not in force within ${waitMs / 1000} s`);
}

async function isEvaluated(client: KubeClient): Promise<boolean> {
  const probe = {
    apiVersion: "controlplane.cluster.x-k8s.io/v1beta2",
    kind: "AWSManagedControlPlane",
    metadata: { name: "probe", namespace: probeName },
    spec: { region: "us-east-1", version: "v1.33" },
  };
  try {
    await client.apply(resources.managedControlPlane, probe, true, { dryRun: "All" });
    return false;
  } catch (error) {
    if (error instanceof KubeError) return error.message.includes(policy) && !error.message.includes("failed to find resource");
    throw error;
  }
}
