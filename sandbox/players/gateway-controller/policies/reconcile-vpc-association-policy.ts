import { annotations, finalizers, parseTags, tagKeys } from "../controller-keys.ts";
import { addFinalizer, annotation, type ControllerWorld, patchObject, removeFinalizer } from "../controller-world.ts";
import { findServiceNetwork } from "../gateways/find-service-network.ts";
import { VpcAssociationPolicy } from "../network-objects.ts";
import { OwnershipConflict, RequeueAfter } from "../reconcile-errors.ts";
import { verdictOf, writeVerdict } from "./policy-condition.ts";

/** One look at a VpcAssociationPolicy: ties this controller's own VPC to the Gateway's network. It has no Events (lattice.md §10.1.7). */
export async function reconcileVpcAssociationPolicy(world: ControllerWorld, ref: { namespace: string; name: string }): Promise<void> {
  const found = world.cache.vpcAssociationPolicy.find(ref);
  if (!found) return;
  const policy = VpcAssociationPolicy.parse(found);
  if (policy.metadata.deletionTimestamp !== undefined) {
    await dissociate(world, policy);
    await removeFinalizer(world, "vpcAssociationPolicy", policy, finalizers.vpcAssociationPolicy);
    return;
  }
  const verdict = verdictOf(world, "vpcAssociationPolicy", policy, ["gateway"]);
  const judged = await writeVerdict(world, "vpcAssociationPolicy", policy, verdict);
  if (verdict.reason !== "Accepted") return;
  const held = VpcAssociationPolicy.parse(await addFinalizer(world, "vpcAssociationPolicy", judged, finalizers.vpcAssociationPolicy));
  if (held.spec.associateWithVpc === false) return dissociate(world, held);
  const arn = await associate(world, held);
  if (annotation(held, annotations.resourceArn) !== arn)
    await patchObject(world, "vpcAssociationPolicy", held, { metadata: { annotations: { [annotations.resourceArn]: arn } } });
}

async function findAssociation(world: ControllerWorld, networkId: string) {
  const answer = await world.aws.lattice("ListServiceNetworkVpcAssociations", (api, options) =>
    api.listServiceNetworkVpcAssociations({ serviceNetworkIdentifier: networkId, vpcIdentifier: world.identity.vpcId }, options),
  );
  return answer.items?.[0] ?? null;
}

async function associate(world: ControllerWorld, policy: VpcAssociationPolicy): Promise<string> {
  const network = await findServiceNetwork(world, policy.spec.targetRef.name);
  const securityGroupIds = policy.spec.securityGroupIds ?? [];
  const known = await findAssociation(world, network.id);
  if (!known) return created(world, policy, { networkId: network.id, securityGroupIds });
  const arn = known.arn ?? "";
  if (known.status !== "ACTIVE" && known.status !== "CREATE_FAILED") throw new RequeueAfter();
  const tags = await world.tags.ofResource(arn);
  if (tags[tagKeys.managedBy] === undefined) await world.tags.add(arn, { [tagKeys.managedBy]: world.managedBy });
  else if (tags[tagKeys.managedBy] !== world.managedBy)
    throw new OwnershipConflict(
      `service network vpc association ${network.name}`,
      `Found existing resource not owned by controller: ${arn}`,
    );
  const id = known.id ?? "";
  const current = await world.aws.lattice("GetServiceNetworkVpcAssociation", (api, options) =>
    api.getServiceNetworkVpcAssociation({ serviceNetworkVpcAssociationIdentifier: id }, options),
  );
  if (securityGroupIds.length > 0 && [...(current.securityGroupIds ?? [])].sort().join() !== [...securityGroupIds].sort().join()) {
    const answer = await world.aws.lattice("UpdateServiceNetworkVpcAssociation", (api, options) =>
      api.updateServiceNetworkVpcAssociation({ serviceNetworkVpcAssociationIdentifier: id, securityGroupIds }, options),
    );
    if (answer.status === "UPDATE_IN_PROGRESS") throw new RequeueAfter();
  }
  return arn;
}

async function created(
  world: ControllerWorld,
  policy: VpcAssociationPolicy,
  { networkId, securityGroupIds }: { networkId: string; securityGroupIds: string[] },
): Promise<string> {
  const answer = await world.aws.lattice("CreateServiceNetworkVpcAssociation", (api, options) =>
    api.createServiceNetworkVpcAssociation(
      {
        clientToken: crypto.randomUUID(),
        serviceNetworkIdentifier: networkId,
        vpcIdentifier: world.identity.vpcId,
        ...(securityGroupIds.length > 0 ? { securityGroupIds } : {}),
        tags: { ...parseTags(annotation(policy, annotations.tags)), [tagKeys.managedBy]: world.managedBy },
      },
      options,
    ),
  );
  if (answer.status !== "ACTIVE") throw new RequeueAfter();
  return answer.arn ?? "";
}

/** Somebody else's association is left alone; ours is awaited until it is gone. */
async function dissociate(world: ControllerWorld, policy: VpcAssociationPolicy): Promise<void> {
  const network = await findServiceNetwork(world, policy.spec.targetRef.name).catch(() => null);
  const known = network && (await findAssociation(world, network.id));
  if (!known) return;
  const tags = await world.tags.ofResource(known.arn ?? "");
  if (tags[tagKeys.managedBy] !== world.managedBy) return;
  if (known.status !== "DELETE_IN_PROGRESS")
    await world.aws.lattice("DeleteServiceNetworkVpcAssociation", (api, options) =>
      api.deleteServiceNetworkVpcAssociation({ serviceNetworkVpcAssociationIdentifier: known.id ?? "" }, options),
    );
  throw new RequeueAfter();
}
