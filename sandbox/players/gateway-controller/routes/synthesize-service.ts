import type { ServiceNetworkServiceAssociationSummary, ServiceSummary } from "@aws-sdk/client-vpc-lattice";
import { isConflictAnswer } from "../aws-call-error.ts";
import { allPages } from "../aws-calls.ts";
import { tagKeys } from "../controller-keys.ts";
import type { ControllerWorld } from "../controller-world.ts";
import { findServiceNetwork } from "../gateways/find-service-network.ts";
import { OwnershipConflict, RequeueAfter, step } from "../reconcile-errors.ts";
import type { Tags } from "../tag-reader.ts";
import type { RouteModel } from "./route-model.ts";

export type DeployedService = { id: string; arn: string; domainName: string };

/** Finds or makes the service and ties it to its networks. Anything of it still being made means "come back in ten seconds". */
export async function synthesizeService(world: ControllerWorld, model: RouteModel): Promise<DeployedService> {
  return step(`failed ServiceManager.Upsert ${model.serviceName} due to`, async () => {
    const found = await findLatticeService(world, model.serviceName);
    const service = found ? await updatedService(world, model, found) : await createdService(world, model);
    await updateAssociations(world, model, { id: service.id, isNew: found === null });
    return service;
  });
}

export async function findLatticeService(world: ControllerWorld, name: string): Promise<ServiceSummary | null> {
  const services = await allPages(async (nextToken) => {
    const answer = await world.aws.lattice("ListServices", (api, options) =>
      api.listServices(nextToken === undefined ? {} : { nextToken }, options),
    );
    return { items: answer.items, nextToken: answer.nextToken };
  });
  return services.find((one) => one.name === name) ?? null;
}

function serviceTags(world: ControllerWorld, { route }: RouteModel): Tags {
  return {
    [tagKeys.managedBy]: world.managedBy,
    [tagKeys.routeName]: route.name,
    [tagKeys.routeNamespace]: route.namespace,
    [tagKeys.routeType]: route.type,
  };
}

async function createdService(world: ControllerWorld, model: RouteModel): Promise<DeployedService> {
  const answer = await world.aws.lattice("CreateService", (api, options) =>
    api.createService(
      {
        clientToken: crypto.randomUUID(),
        name: model.serviceName,
        tags: { ...model.extraTags, ...serviceTags(world, model) },
        ...(model.customDomainName === null ? {} : { customDomainName: model.customDomainName }),
        ...(model.certificateArn === null ? {} : { certificateArn: model.certificateArn }),
      },
      options,
    ),
  );
  return { id: answer.id ?? "", arn: answer.arn ?? "", domainName: answer.dnsEntry?.domainName ?? "" };
}

async function updatedService(world: ControllerWorld, model: RouteModel, found: ServiceSummary): Promise<DeployedService> {
  const id = found.id ?? "";
  const arn = found.arn ?? "";
  await own(world, model, arn);
  await world.tags.update(arn, model.extraTags);
  const { certificateArn } = model;
  if (certificateArn !== null) {
    const current = await world.aws.lattice("GetService", (api, options) => api.getService({ serviceIdentifier: id }, options));
    if (current.certificateArn !== certificateArn)
      await world.aws.lattice("UpdateService", (api, options) => api.updateService({ serviceIdentifier: id, certificateArn }, options));
  }
  return { id, arn, domainName: found.dnsEntry?.domainName ?? "" };
}

/** A service nobody tagged becomes ours for ever; somebody else's, or another route's, is a conflict (lattice.md §1.4). */
async function own(world: ControllerWorld, model: RouteModel, arn: string): Promise<void> {
  const tags = await world.tags.ofResource(arn);
  const owner = tags[tagKeys.managedBy];
  const what = `service ${model.route.namespace}/${model.route.name}`;
  if (owner === undefined || (owner !== world.managedBy && owner === model.takeoverFrom)) {
    await world.tags.add(arn, serviceTags(world, model));
    return;
  }
  if (owner !== world.managedBy) throw new OwnershipConflict(what, `Found existing resource not owned by controller: ${arn}`);
  const { name, namespace } = model.route;
  if ((tags[tagKeys.routeName] ?? name) !== name || (tags[tagKeys.routeNamespace] ?? namespace) !== namespace)
    throw new OwnershipConflict(what, `Found existing resource with conflicting service name: ${arn}`);
}

async function updateAssociations(world: ControllerWorld, model: RouteModel, service: { id: string; isNew: boolean }): Promise<void> {
  const existing = service.isNew ? [] : await listServiceAssociations(world, service.id);
  const arns = existing.flatMap((one) => (one.arn === undefined ? [] : [one.arn]));
  const tags = arns.length > 0 ? await world.tags.ofResources(arns) : new Map<string, Tags>();
  for (const network of model.networks) {
    const known = existing.find((one) => one.serviceNetworkName === network || one.serviceNetworkId === network);
    if (!known) await createAssociation(world, model, service.id, network);
    else if (known.status === "CREATE_IN_PROGRESS" || known.status === "DELETE_IN_PROGRESS") throw new RequeueAfter();
  }
  const unwanted = existing.filter(
    (one) => !model.networks.includes(one.serviceNetworkName ?? "") && !model.networks.includes(one.serviceNetworkId ?? ""),
  );
  for (const one of unwanted.filter((each) => tags.get(each.arn ?? "")?.[tagKeys.managedBy] === world.managedBy))
    await deleteServiceAssociation(world, one.id ?? "");
}

async function createAssociation(world: ControllerWorld, model: RouteModel, serviceId: string, networkName: string): Promise<void> {
  const network = await findServiceNetwork(world, networkName);
  const answer = await world.aws
    .lattice("CreateServiceNetworkServiceAssociation", (api, options) =>
      api.createServiceNetworkServiceAssociation(
        {
          clientToken: crypto.randomUUID(),
          serviceIdentifier: serviceId,
          serviceNetworkIdentifier: network.id,
          tags: { ...model.extraTags, [tagKeys.managedBy]: world.managedBy },
        },
        options,
      ),
    )
    .catch((error: unknown) => {
      if (isConflictAnswer(error)) throw new RequeueAfter();
      throw error;
    });
  // A failed association is not looked at any further: DeploySucceed follows (lattice.md §10.2).
  if (answer.status === "CREATE_IN_PROGRESS") throw new RequeueAfter();
}

export async function listServiceAssociations(
  world: ControllerWorld,
  serviceId: string,
): Promise<ServiceNetworkServiceAssociationSummary[]> {
  return allPages(async (nextToken) => {
    const answer = await world.aws.lattice("ListServiceNetworkServiceAssociations", (api, options) =>
      api.listServiceNetworkServiceAssociations(
        { serviceIdentifier: serviceId, ...(nextToken === undefined ? {} : { nextToken }) },
        options,
      ),
    );
    return { items: answer.items, nextToken: answer.nextToken };
  });
}

export async function deleteServiceAssociation(world: ControllerWorld, id: string): Promise<void> {
  await world.aws.lattice("DeleteServiceNetworkServiceAssociation", (api, options) =>
    api.deleteServiceNetworkServiceAssociation({ serviceNetworkServiceAssociationIdentifier: id }, options),
  );
}
