import { isNotFoundAnswer } from "../aws-call-error.ts";
import { annotations, finalizers } from "../controller-keys.ts";
import { addFinalizer, annotation, type ControllerWorld, patchObject, removeFinalizer } from "../controller-world.ts";
import { findServiceNetwork } from "../gateways/find-service-network.ts";
import { IamAuthPolicy, Route } from "../network-objects.ts";
import { networkResources } from "../network-resources.ts";
import { findCause, LatticeNotFound, messageOf } from "../reconcile-errors.ts";
import { latticeServiceName } from "../routes/route-model.ts";
import { findLatticeService } from "../routes/synthesize-service.ts";
import { findTarget, verdictOf, writeVerdict } from "./policy-condition.ts";

const targetKinds = ["gateway", "httpRoute", "grpcRoute"] as const;
const component = "iam-auth-policy-controller";
type Resource = { type: "ServiceNetwork" | "Service"; id: string; name: string };

/** One look at an IAMAuthPolicy. `Accepted` comes before any call of AWS, and `Reconciled` also when nothing was done (lattice.md §1.11, §10.1.6). */
export async function reconcileIamAuthPolicy(world: ControllerWorld, ref: { namespace: string; name: string }): Promise<void> {
  const found = world.cache.iamAuthPolicy.find(ref);
  if (!found) return;
  const policy = IamAuthPolicy.parse(found);
  const say = (type: "Normal" | "Warning", reason: string, message: string) =>
    world.event(component, networkResources.iamAuthPolicy, policy, { type, reason, message });
  say("Normal", "Reconciling", "Started reconciling");
  try {
    await (policy.metadata.deletionTimestamp === undefined ? upsert(world, policy) : remove(world, policy));
  } catch (error) {
    say("Warning", "FailedReconcile", `Reconcile failed: ${messageOf(error)}`);
    throw error;
  }
  say("Normal", "Reconciled", "Successfully reconciled");
}

async function upsert(world: ControllerWorld, found: IamAuthPolicy): Promise<void> {
  const verdict = verdictOf(world, "iamAuthPolicy", found, targetKinds);
  const judged = await writeVerdict(world, "iamAuthPolicy", found, verdict);
  if (verdict.reason !== "Accepted") return;
  const policy = IamAuthPolicy.parse(await addFinalizer(world, "iamAuthPolicy", judged, finalizers.iamAuthPolicy));
  const resource = await findResource(world, policy);
  if (!resource) return;
  await ignoringNotFound(async () => {
    await world.aws.lattice("PutAuthPolicy", (api, options) =>
      api.putAuthPolicy({ resourceIdentifier: resource.id, policy: policy.spec.policy }, options),
    );
    await setAuthType(world, resource, "AWS_IAM");
    await writeAnnotations(world, policy, resource);
  });
}

/**
 * Opens the service, then deletes the policy. What to open stands in the annotations of a policy that was applied; without them, or when Lattice
 * knows no such policy, the look ends there, and the finalizer stays until the route itself is gone (lattice.md §10.1.6).
 */
async function remove(world: ControllerWorld, policy: IamAuthPolicy): Promise<void> {
  if (findTarget(world, policy, targetKinds)) {
    const resource = appliedResource(policy);
    if (!resource) return;
    const done = await ignoringNotFound(async () => {
      await setAuthType(world, resource, "NONE");
      await world.aws.lattice("DeleteAuthPolicy", (api, options) => api.deleteAuthPolicy({ resourceIdentifier: resource.id }, options));
    });
    if (!done) return;
  }
  await removeFinalizer(world, "iamAuthPolicy", policy, finalizers.iamAuthPolicy);
}

function appliedResource(policy: IamAuthPolicy): Resource | null {
  const id = annotation(policy, annotations.policyResourceId);
  if (id === undefined) return null;
  const type = annotation(policy, annotations.policyResourceType) === "ServiceNetwork" ? "ServiceNetwork" : "Service";
  return { type, id, name: annotation(policy, annotations.policyResourceName) ?? "" };
}

async function findResource(world: ControllerWorld, policy: IamAuthPolicy): Promise<Resource | null> {
  const target = findTarget(world, policy, targetKinds);
  if (!target) return null;
  if (target.kind === "gateway") {
    const network = await findServiceNetwork(world, target.object.metadata.name).catch((error: unknown) => {
      if (findCause(error, LatticeNotFound)) return null;
      throw error;
    });
    return network && { type: "ServiceNetwork", id: network.id, name: network.name };
  }
  const service = await findLatticeService(world, latticeServiceName(Route.parse(target.object)));
  return service && { type: "Service", id: service.id ?? "", name: service.name ?? "" };
}

async function setAuthType(world: ControllerWorld, resource: Resource, authType: "AWS_IAM" | "NONE"): Promise<void> {
  const { id } = resource;
  if (resource.type === "Service")
    await world.aws.lattice("UpdateService", (api, options) => api.updateService({ serviceIdentifier: id, authType }, options));
  else
    await world.aws.lattice("UpdateServiceNetwork", (api, options) =>
      api.updateServiceNetwork({ serviceNetworkIdentifier: id, authType }, options),
    );
}

async function writeAnnotations(world: ControllerWorld, policy: IamAuthPolicy, resource: Resource): Promise<void> {
  const wanted = {
    [annotations.policyResourceId]: resource.id,
    [annotations.policyResourceType]: resource.type,
    [annotations.policyResourceName]: resource.name,
  };
  if (Object.entries(wanted).some(([key, value]) => annotation(policy, key) !== value))
    await patchObject(world, "iamAuthPolicy", policy, { metadata: { annotations: wanted } });
}

/** Answers whether the work was done; "not found" is swallowed. */
async function ignoringNotFound(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isNotFoundAnswer(error)) return false;
    throw error;
  }
}
