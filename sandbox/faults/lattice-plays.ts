import { awsCallers, managementController, portalRole } from "../players/networking/aws-callers.ts";
import type { FaultPlay } from "./fault-hand.ts";
import { groupsOf, regionOf, serviceOf } from "./fault-scene.ts";

const readers = [portalRole, awsCallers.portal.caller];
/** What is asked of Lattice and of the tags; taking a role is another service's call. */
const operations = ["List*", "Get*", "Create*", "Update*", "Delete*", "Put*", "Batch*", "Register*", "Deregister*", "Tag*", "Untag*"];
const usual = { rulesPerListener: 10, targetGroupsPerRegion: 500 };
const denied = (operation: string) => ({
  status: 403,
  type: "AccessDeniedException",
  message: `User is not authorized to perform: vpc-lattice:${operation} because no identity-based policy allows the action`,
});
const failure = { failureCode: "INTERNAL_FAILURE", failureMessage: "The resource could not be created because of an internal failure." };

/** Faults of the Lattice API: what it answers, and to whom. */
export const latticePlays = {
  throttled: said((hand) =>
    hand.putFault("429", {
      caller: [...readers, "controller/*"],
      operation: operations,
      status: 429,
      type: "ThrottlingException",
      message: "Rate exceeded",
      retryAfterSeconds: 2,
    }),
  ),
  "lattice-unreachable": said((hand) => hand.putFault("network", { network: "reset" })),
  "lattice-slow": said((hand) => hand.putFault("delay", { caller: readers, operation: operations, delayMs: 6_000 })),
  "reading-denied": said((hand) => hand.putFault("403", { caller: portalRole, ...denied("List*") })),
  "role-refused": {
    hold: async (hand) => {
      const message = "User: arn:aws:iam::333344445555:user/portal is not authorized to perform: sts:AssumeRole";
      hand.putFault("role", { caller: awsCallers.portal.caller, operation: "AssumeRole", status: 403, type: "AccessDenied", message });
      // What the portal holds already ends with the role's trust.
      const expired = "The security token included in the request is expired";
      hand.putFault("session", { caller: portalRole, status: 403, type: "ExpiredTokenException", message: expired });
    },
  },
  "networks-denied": said((hand) =>
    hand.putFault("403", { caller: "controller/*", operation: "ListServiceNetwork*", ...denied("ListServiceNetworks") }),
  ),
  "service-failed": {
    hold: async (hand) => {
      const service = await serviceOf(hand.scene, hand.target);
      if (service) hand.force({ kind: "service", match: service.id, status: "CREATE_FAILED", ...failure });
    },
  },
  "association-failed": {
    hold: async (hand) => {
      const service = await serviceOf(hand.scene, hand.target);
      if (service) hand.force({ kind: "service-association", match: service.id, status: "CREATE_FAILED", ...failure });
    },
  },
  "quota-of-rules": {
    hold: async ({ scene }) => scene.control.changeSettings({ quotas: { rulesPerListener: 1 } }),
    lift: async ({ scene }) => scene.control.changeSettings({ quotas: { rulesPerListener: usual.rulesPerListener } }),
  },
  "quota-of-groups": {
    hold: async ({ scene, kept }) => {
      kept["groups"] ??= Math.max(1, regionOf(scene).targetGroups.length);
      scene.control.changeSettings({ quotas: { targetGroupsPerRegion: Number(kept["groups"]) } });
    },
    lift: async ({ scene }) => scene.control.changeSettings({ quotas: { targetGroupsPerRegion: usual.targetGroupsPerRegion } }),
  },
  "group-in-use": {
    hold: async (hand) => {
      for (const group of await groupsOf(hand.scene, hand.target))
        hand.putFault(group.id, {
          caller: managementController,
          operation: ["CreateRule", "UpdateRule", "CreateListener"],
          argument: group.id,
          status: 409,
          type: "ConflictException",
          message: `TargetGroup ${group.arn} has been associated with other services`,
        });
    },
  },
  "finalizer-hung": {
    hold: async (hand) => {
      const service = await serviceOf(hand.scene, hand.target);
      if (!service) return;
      hand.putFault("delete", {
        caller: managementController,
        operation: "DeleteService",
        argument: service.id,
        status: 409,
        type: "ConflictException",
        message: `Service ${service.id} is still in use by another account`,
      });
    },
  },
  "certificate-not-found": {
    hold: async ({ scene }) => scene.control.setCertificates({ ...scene.place, certificates: [] }),
    lift: ({ scene }) => scene.restoreAws(),
  },
} satisfies Record<string, FaultPlay>;

function said(say: (hand: Parameters<FaultPlay["hold"]>[0]) => void): FaultPlay {
  return { hold: async (hand) => say(hand) };
}
