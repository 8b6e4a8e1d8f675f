import type { KubeObject } from "../../domain/requests/plan.ts";
import { MANAGED_BY, TRELLIS } from "../keys.ts";

/** `Namespace` (core/v1) of the Gateways: the platform's, no team has rights there. */
export function buildGatewayNamespace(name: string): KubeObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { [MANAGED_BY]: TRELLIS } } };
}
