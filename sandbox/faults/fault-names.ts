/** The named ways in which a sandbox cluster can go wrong. Each changes the EKS player's script, never the portal. */
export const faultNames = {
  "identity-refused": "AWS refuses the role: CAPA does nothing at all, and says why only in its own log",
  "node-group-create-failed":
    "AWS cannot start the nodes (vCPU limit): every new node group ends CREATE_FAILED, the cause stands only in AWS",
} as const;
export type FaultName = keyof typeof faultNames;

export function isFaultName(text: string): text is FaultName {
  return Object.hasOwn(faultNames, text);
}
