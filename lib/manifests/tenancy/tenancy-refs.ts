import type { KubeObject, ObjectRef } from "../../domain/requests/plan.ts";
import { CONTROL_PLANE, INFRASTRUCTURE } from "../api-groups.ts";
import { MANAGED_BY, TRELLIS } from "../keys.ts";
import { recordAt, textAt } from "../safe-read.ts";

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
