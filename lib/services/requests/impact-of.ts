import { type Impact, impactFor, type StoredImpact } from "../../domain/requests/impact.ts";
import type { Target } from "../../domain/requests/request.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { holds } from "../../domain/tenancy/permissions.ts";
import type { Context } from "../context.ts";

/** What a request is about: a cluster and a route of one name are two targets, so the kind belongs to the question. */
export type ImpactQuestion = { readonly kind: string; readonly target: Target };

/**
 * Who would feel a request of this kind; null for kinds that take nothing away. A higher feature gives it (house.md §3) and
 * lib/server/composition.ts registers it; the engine asks for each plan and stores the answer beside it. Reads what is in memory only.
 */
export type ImpactOf = (ctx: Context, question: ImpactQuestion) => Promise<StoredImpact | null>;

/** The stored answer as the actor may see it. */
export function impactForActor(actor: Actor, stored: StoredImpact | null): Impact | null {
  if (stored === null) return null;
  const seesAll = actor.type === "system" || holds(actor, "request.read", { type: "team", teamId: null });
  const teams: readonly string[] = actor.type === "person" ? actor.memberships.map(({ teamId }) => teamId) : [];
  return impactFor(stored, seesAll ? null : (team) => teams.includes(team));
}
