import type { KubeObject } from "../../domain/requests/plan.ts";
import { GATEWAY_API } from "../api-groups.ts";
import { MANAGED_BY, TRELLIS } from "../keys.ts";
import { GATEWAY_CLASS, GATEWAY_CONTROLLER } from "./tenancy-keys.ts";

/** `GatewayClass` (Gateway API v1) of the gateway controller (lattice.md §1.2). Never deleted: without it Gateways and routes hang in deletion. */
export function buildGatewayClass(): KubeObject {
  return {
    apiVersion: GATEWAY_API,
    kind: "GatewayClass",
    metadata: { name: GATEWAY_CLASS, labels: { [MANAGED_BY]: TRELLIS } },
    spec: { controllerName: GATEWAY_CONTROLLER },
  };
}
