import { identityNameOf } from "../identity-name.ts";
import { evidenceOf, type FindingRule, findingOf } from "./finding-of.ts";

/** TRL-CLU-011: the control plane acts through an identity that is not its namespace's own: dropping `identityRef` silently means the controller's (cluster-api.md §11.1). */
export const foreignIdentity: FindingRule = ({ managed, namespace, account, controlPlane, deletingSince }) => {
  if (!managed || controlPlane === null || deletingSince !== null) return [];
  const { identity } = controlPlane;
  const expected = identityNameOf(namespace, account ?? "");
  const isOwn =
    identity?.kind === "AWSClusterRoleIdentity" && (account === null ? identity.name.startsWith(expected) : identity.name === expected);
  if (isOwn) return [];
  const has = identity === null ? "none" : `${identity.kind}/${identity.name}`;
  return [
    findingOf({
      code: "TRL-CLU-011",
      rule: "foreignIdentity",
      severity: "error",
      actor: "platform",
      values: { identity: has, expected },
      evidence: [evidenceOf(controlPlane.ref, "spec.identityRef", has, null)],
    }),
  ];
};
