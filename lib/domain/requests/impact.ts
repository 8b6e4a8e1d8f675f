import { z } from "zod";
import { Message } from "../message.ts";

/** Somebody or something that would feel the end of what a request is about. */
export const Dependent = z.strictObject({
  kind: z.enum(["route", "consumer", "cluster", "kube-service"]),
  name: z.string(),
  team: z.nullable(z.string()),
  /** Names its page; null when it has none. */
  ref: z.nullable(z.strictObject({ namespace: z.string(), name: z.string() })),
  /** Why it would feel it: "loses its only target group", "calls orders". */
  sentence: Message,
});
export type Dependent = z.infer<typeof Dependent>;

/** What depends on something that somebody wants to delete, as one reader may see it: shown before the request, never hashed. */
export const Impact = z.strictObject({
  /** Counts, never names: it counts also what the reader may not know by name. */
  sentence: Message,
  /** Teams of the dependents below, sorted; the owner's own team too when its things depend on it. */
  teams: z.array(z.string()),
  dependents: z.array(Dependent),
  /** How many more would feel it: not the reader's to know by name, or beyond those that are kept. */
  hidden: z.int(),
  /** When this was computed. */
  at: z.iso.datetime(),
});
export type Impact = z.infer<typeof Impact>;

/** As the engine stores it beside the approval: whole, each dependent with who may know it by name. */
export const StoredImpact = z.strictObject({
  sentence: Message,
  /** `seenBy`: teams that may know of it; null: the whole organisation. */
  dependents: z.array(z.strictObject({ ...Dependent.shape, seenBy: z.nullable(z.array(z.string())) })),
  /** How many more there were than are kept. */
  cut: z.int(),
  at: z.iso.datetime(),
});
export type StoredImpact = z.infer<typeof StoredImpact>;
export type StoredDependent = StoredImpact["dependents"][number];

const MAX_KEPT = 200;

/** Keeps the first of a list that the caller sorted by how much each would feel. */
export function storedImpact(sentence: Message, dependents: readonly StoredDependent[], at: Date): StoredImpact {
  const kept = dependents.slice(0, MAX_KEPT);
  return { sentence, dependents: kept, cut: dependents.length - kept.length, at: at.toISOString() };
}

/** What one reader may see: things of other teams that are not visible to the organisation are counted, not named. `isOf` says whether a team is hers; null: she sees all. */
export function impactFor({ sentence, dependents, cut, at }: StoredImpact, isOf: ((team: string) => boolean) | null): Impact {
  const known = dependents.filter(({ seenBy }) => isOf === null || seenBy === null || seenBy.some(isOf));
  return {
    sentence,
    teams: [...new Set(known.flatMap(({ team }) => team ?? []))].sort(),
    dependents: known.map(({ seenBy: _seenBy, ...dependent }) => dependent),
    hidden: dependents.length - known.length + cut,
    at,
  };
}
