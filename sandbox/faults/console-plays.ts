import {
  CreateServiceCommand,
  DeleteAuthPolicyCommand,
  DeleteListenerCommand,
  DeleteServiceCommand,
  DeleteServiceNetworkCommand,
  DeleteServiceNetworkServiceAssociationCommand,
  DeleteServiceNetworkVpcAssociationCommand,
  UpdateRuleCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-vpc-lattice";
import { managementController } from "../players/networking/aws-callers.ts";
import { management } from "../players/networking/gateway-controllers.ts";
import type { FaultPlay } from "./fault-hand.ts";
import { type FaultScene, findRoute, regionOf, type SceneRegion, serviceOf, vpcOf } from "./fault-scene.ts";

const callMs = 10_000;
const driftedPath = "/changed-in-the-console";
type Service = SceneRegion["services"][number];

/** Faults that somebody with a console makes: changes of what infrastructure code or a controller has made. */
export const consolePlays = {
  "vpc-association-missing": {
    hold: async ({ scene, target }) => {
      const vpcId = await vpcOf(scene, target);
      for (const one of regionOf(scene).vpcAssociations)
        if (one.vpcId === vpcId && one.goneAt === null) await unassociateVpc(scene, one.id);
    },
    lift: ({ scene }) => scene.restoreAws(),
  },
  "vpc-association-failed": {
    hold: async (hand) => {
      const vpcId = await vpcOf(hand.scene, hand.target);
      const failure = { failureCode: "INTERNAL_FAILURE", failureMessage: "The VPC could not be associated." };
      if (vpcId) hand.force({ kind: "vpc-association", match: vpcId, status: "CREATE_FAILED", ...failure });
    },
  },
  "association-missing": {
    hold: async (hand) => {
      const service = await serviceOf(hand.scene, hand.target);
      if (!service) return;
      hand.putFault("association", {
        caller: managementController,
        operation: "CreateServiceNetworkServiceAssociation",
        argument: service.id,
        status: 403,
        type: "AccessDeniedException",
        message: "User is not authorized to perform: vpc-lattice:CreateServiceNetworkServiceAssociation with an explicit deny",
      });
      await unassociateService(hand.scene, service);
    },
    lift: ({ scene }) => lookAnew(scene),
  },
  "network-not-found": {
    hold: async ({ scene, target }) => {
      const region = regionOf(scene);
      const network = region.networks.find((one) => one.name === target.name);
      if (!network) return;
      const used = [...region.serviceAssociations, ...region.vpcAssociations].filter((one) => one.networkId === network.id);
      for (const one of region.serviceAssociations)
        if (one.networkId === network.id && one.goneAt === null) await unassociate(scene, one.id);
      for (const one of region.vpcAssociations)
        if (one.networkId === network.id && one.goneAt === null) await unassociateVpc(scene, one.id);
      if (used.length === 0)
        await scene.somebody.send(new DeleteServiceNetworkCommand({ serviceNetworkIdentifier: network.id }), timeout());
    },
    lift: async ({ scene }) => {
      await scene.restoreAws();
      await lookAnew(scene);
    },
  },
  "policy-not-taken": {
    hold: async (hand) => {
      const service = await serviceOf(hand.scene, hand.target);
      hand.putFault("policy", {
        caller: managementController,
        operation: ["PutAuthPolicy", "UpdateService"],
        ...(service ? { argument: service.id } : {}),
        status: 400,
        type: "ValidationException",
        message: "The policy is not valid: Invalid principal in policy",
      });
      if (service?.authPolicy) await openService(hand.scene, service.id);
    },
    lift: ({ scene }) => lookAnew(scene),
  },
  "name-conflict": {
    hold: async (hand) => {
      const { scene, target, kept } = hand;
      if (kept["service"] !== undefined) return;
      const route = await findRoute(scene, target);
      const name = route?.serviceName ?? target.name;
      if (regionOf(scene).services.some((one) => one.name === name && one.goneAt === null)) return;
      const owner = `${scene.place.account}/another-cluster/vpc-0f0f0f0f0f0f0f0f0`;
      const tags = { "application-networking.k8s.aws/ManagedBy": owner };
      const made = await scene.somebody.send(new CreateServiceCommand({ name, tags }), timeout());
      kept["service"] = made.id;
    },
    lift: async ({ scene, kept }) => {
      const serviceIdentifier = typeof kept["service"] === "string" ? kept["service"] : "";
      if (regionOf(scene).services.some((one) => one.id === serviceIdentifier && one.goneAt === null))
        await scene.somebody.send(new DeleteServiceCommand({ serviceIdentifier }), timeout());
    },
  },
  "rules-drifted": {
    hold: async ({ scene, target }) => {
      const service = await serviceOf(scene, target);
      if (service) await drift(scene, service);
    },
    lift: ({ scene }) => lookAnew(scene),
  },
  "service-recreated": {
    hold: async (hand) => {
      const { scene, target, kept } = hand;
      const service = await serviceOf(scene, target);
      kept["service"] ??= service?.id;
      if (!service || service.id !== kept["service"]) return;
      await unassociateService(scene, service);
      if (regionOf(scene).serviceAssociations.some((one) => one.serviceId === service.id)) return;
      for (const listener of service.listeners)
        await scene.somebody.send(new DeleteListenerCommand({ serviceIdentifier: service.id, listenerIdentifier: listener.id }), timeout());
      await scene.somebody.send(new DeleteServiceCommand({ serviceIdentifier: service.id }), timeout());
    },
  },
} satisfies Record<string, FaultPlay>;

/** The controller would repair it at its next resync; nobody who clears a fault wants to wait for that. */
function lookAnew(scene: FaultScene): Promise<void> {
  return scene.controllers.restart(management);
}

/** Every rule of the service gets another path: what the object says stays as it was. */
async function drift(scene: FaultScene, service: Service): Promise<void> {
  for (const listener of service.listeners)
    for (const rule of listener.rules.filter((one) => !one.isDefault)) {
      const path = rule.match?.httpMatch.pathMatch?.match;
      if (path && "prefix" in path && path.prefix === driftedPath) continue;
      const match = { httpMatch: { pathMatch: { match: { prefix: driftedPath }, caseSensitive: true } } };
      const identifiers = { serviceIdentifier: service.id, listenerIdentifier: listener.id, ruleIdentifier: rule.id };
      await scene.somebody.send(new UpdateRuleCommand({ ...identifiers, match }), timeout());
    }
}

async function openService(scene: FaultScene, id: string): Promise<void> {
  await scene.somebody.send(new UpdateServiceCommand({ serviceIdentifier: id, authType: "NONE" }), timeout());
  await scene.somebody.send(new DeleteAuthPolicyCommand({ resourceIdentifier: id }), timeout());
}

async function unassociateService(scene: FaultScene, service: Service): Promise<void> {
  for (const one of regionOf(scene).serviceAssociations)
    if (one.serviceId === service.id && one.goneAt === null) await unassociate(scene, one.id);
}

async function unassociate(scene: FaultScene, id: string): Promise<void> {
  const input = { serviceNetworkServiceAssociationIdentifier: id };
  await scene.somebody.send(new DeleteServiceNetworkServiceAssociationCommand(input), timeout());
}

async function unassociateVpc(scene: FaultScene, id: string): Promise<void> {
  await scene.somebody.send(new DeleteServiceNetworkVpcAssociationCommand({ serviceNetworkVpcAssociationIdentifier: id }), timeout());
}

const timeout = () => ({ abortSignal: AbortSignal.timeout(callMs) });
