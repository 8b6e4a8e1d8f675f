import type { Finding } from "../../clusters/finding.ts";
import { byActor } from "../../clusters/findings/find-problems.ts";
import type { ObservedRoute } from "../observed-route.ts";
import { consumerNotAssociated, finalizerHung, grantAbsent, logsNotActive, policyNotActive, policyRefused } from "./access-findings.ts";
import {
  conflictedName,
  controllerDenied,
  controllerSilent,
  gatewayMissing,
  gatewayUnanswered,
  networkNotFound,
  quotaReached,
  readDenied,
  throttled,
} from "./gateway-findings.ts";
import {
  emptyGroup,
  exportDeletedFirst,
  exportMissing,
  exportNotFederated,
  exportProtocolChanged,
  providerUnreachable,
  staleAddresses,
} from "./provider-findings.ts";
import type { RouteFindingRule } from "./route-finding-of.ts";
import { dualStack, ignoredFields, refusals, unsupportedMatch } from "./route-object-findings.ts";
import {
  association,
  conditionsLie,
  domainChanged,
  eventsDried,
  groupInUse,
  halfDeployed,
  partFailed,
  resyncOff,
  settling,
} from "./service-findings.ts";
import { allUnhealthy, checksOff, someUnhealthy, unusedTargets, weightOnDead } from "./target-findings.ts";

/** Every rule about one route; "evidence too old" (TRL-RTE-048, 049) is added by the status itself. */
const RULES: readonly RouteFindingRule[] = [
  unsupportedMatch,
  ignoredFields,
  refusals,
  dualStack,
  conflictedName,
  gatewayMissing,
  networkNotFound,
  gatewayUnanswered,
  controllerSilent,
  throttled,
  controllerDenied,
  readDenied,
  quotaReached,
  providerUnreachable,
  exportMissing,
  exportNotFederated,
  exportDeletedFirst,
  exportProtocolChanged,
  staleAddresses,
  emptyGroup,
  partFailed,
  association,
  halfDeployed,
  conditionsLie,
  groupInUse,
  domainChanged,
  eventsDried,
  resyncOff,
  settling,
  allUnhealthy,
  someUnhealthy,
  checksOff,
  unusedTargets,
  weightOnDead,
  policyNotActive,
  policyRefused,
  logsNotActive,
  grantAbsent,
  consumerNotAssociated,
  finalizerHung,
];

/** All findings of a route as of `now`, ordered by who must act, then by severity. Never throws. */
export function findRouteProblems(observed: ObservedRoute, now: Date): readonly Finding[] {
  return RULES.flatMap((rule) => rule(observed, now)).sort(byActor);
}
