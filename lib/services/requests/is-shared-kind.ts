const SHARED_KINDS: readonly string[] = ["Namespace", "ReferenceGrant"];

/** What a plan makes for others to share: two requests may both want it, and it outlives each of them. */
export function isSharedKind(kind: string): boolean {
  return SHARED_KINDS.includes(kind);
}
