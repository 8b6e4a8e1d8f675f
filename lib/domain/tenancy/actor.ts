import type { SessionId, TeamId, UserId, WallLinkId } from "../ids.ts";
import type { TopologyInput } from "../topology/topology-view.ts";

export const TEAM_ROLES = ["developer", "lead"] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

export const GLOBAL_ROLES = ["platform-admin", "viewer"] as const;
export type GlobalRole = (typeof GLOBAL_ROLES)[number];

export type Membership = { readonly teamId: TeamId; readonly role: TeamRole };

/** A person with the rights the database gives her now. `via` says which door she came through; rights are hers either way. */
export type Person = {
  readonly type: "person";
  readonly userId: UserId;
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly globalRoles: readonly GlobalRole[];
  readonly memberships: readonly Membership[];
  readonly via:
    | { readonly door: "session"; readonly sessionId: SessionId; readonly endsAt: Date }
    | { readonly door: "token"; readonly tokenId: string; readonly scopes: readonly TokenScope[] };
};

/** Timers and start-up commands. `name` says which, for the audit. */
export type SystemActor = {
  readonly type: "system";
  readonly name:
    | "delivery"
    | "bootstrap"
    | "expiry"
    | "status-history"
    | "sign-in"
    | "audit-head"
    | "lattice"
    | "providers"
    | "leftovers"
    | "wall";
};

/**
 * A screen that shows the map (ADR 0016): it holds `topology.read` and nothing else, sees what the whole organisation may see, narrowed to
 * the filter of its link. Only the doors of the map ask for one (lib/server/map-reader.ts); to every other door it is nobody.
 */
export type WallActor = {
  readonly type: "wall";
  readonly linkId: WallLinkId;
  readonly name: string;
  readonly filter: TopologyInput;
  readonly endsAt: Date;
};

export type Actor = Person | SystemActor | WallActor;

/** `read` covers every query and topic, `write` every command. A token never has more rights than its owner. */
export const TOKEN_SCOPES = ["read", "write"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];
