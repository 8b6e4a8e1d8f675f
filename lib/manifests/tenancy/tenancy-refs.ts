import type { KubeObject, ObjectRef } from "../../domain/requests/plan.ts";
import { CONTROL_PLANE, GATEWAY_API, groupOf, INFRASTRUCTURE, LATTICE_API } from "../api-groups.ts";
import { MANAGED_BY, TRELLIS } from "../keys.ts";
import { recordAt, textAt } from "../safe-read.ts";
import { GATEWAY_CONTROLLER } from "./tenancy-keys.ts";

/** The kind through which CAPA acts in an account, to list those that Trellis made. */
export const ACCOUNT_IDENTITY = { apiVersion: INFRASTRUCTURE, kind: "AWSClusterRoleIdentity" };
/** The kind that uses such an identity. */
export const CONTROL_PLANE_KIND = { apiVersion: CONTROL_PLANE, kind: "AWSManagedControlPlane" };
export const MANAGED_LABELS = { [MANAGED_BY]: TRELLIS };

/** Names an object as it stands. */
export function refOf({ apiVersion, kind, metadata: { name, namespace } }: KubeObject): ObjectRef {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** Did Trellis make it, or was it handed over by this label? */
export function isManaged(object: KubeObject): boolean {
  return recordAt(object.metadata, "labels")[MANAGED_BY] === TRELLIS;
}

/** The name of the role identity that a control plane acts through; null when it uses another kind of identity. */
export function identityUsedBy(controlPlane: KubeObject): string | null {
  const identity = recordAt(controlPlane["spec"], "identityRef");
  return identity["kind"] === ACCOUNT_IDENTITY.kind ? textAt(identity, "name") : null;
}

/** Is this of Gateway API or the gateway controller? A management cluster without routes need not serve them. */
export function isOfGatewayApi({ apiVersion }: KubeObject): boolean {
  return [GATEWAY_API, LATTICE_API].some((one) => groupOf(one) === groupOf(apiVersion));
}

/** Is this class the gateway controller's, whoever made it? The controller's own installation may bring it. */
export function isGatewayClassAtWork({ kind, ...object }: KubeObject): boolean {
  return kind === "GatewayClass" && textAt(object["spec"], "controllerName") === GATEWAY_CONTROLLER;
}
