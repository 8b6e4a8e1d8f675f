import type { TeamId } from "../ids.ts";
import type { Actor, GlobalRole, TeamRole } from "./actor.ts";

/** Who holds a permission: anybody signed in, a role in the team at hand, a global role, a screen with a wall link, or the system alone. */
export type Holder = "anyone" | `team:${TeamRole}` | `global:${GlobalRole}` | "wall" | "system";

type Row = {
  /** Said in docs/permissions.md. */
  readonly means: string;
  readonly holders: readonly Holder[];
  /** The permission that lets somebody know that the thing is there; without it a refusal reads NOT_FOUND. Absent: a refusal reads FORBIDDEN. */
  readonly sees?: PermissionName;
};

export type PermissionName =
  | "self.read"
  | "catalog.read"
  | "catalog.readAll"
  | "cluster.list"
  | "cluster.read"
  | "cluster.readLimited"
  | "cluster.connect"
  | "route.list"
  | "route.read"
  | "route.readLimited"
  | "route.askToCall"
  | "kubeService.list"
  | "network.read"
  | "network.list"
  | "topology.read"
  | "directory.read"
  | "reach.read"
  | "request.list"
  | "request.read"
  | "request.plan"
  | "request.submit"
  | "request.withdraw"
  | "request.decide"
  | "request.comment"
  | "request.retry"
  | "audit.read"
  | "settings.read"
  | "token.revoke"
  | "wallLink.read"
  | "wallLink.manage"
  | "wallLink.exchange"
  | "session.start"
  | "system.run";

const MEMBERS = ["team:developer", "team:lead"] as const;

/** The one permission table. docs/permissions.md is generated from it; a test walks every command, query and topic against it. */
export const PERMISSIONS: Readonly<Record<PermissionName, Row>> = {
  "self.read": { means: "See one's own name, teams and rights", holders: ["anyone"] },
  "catalog.read": { means: "See the blueprints, accounts and quota of one's team", holders: [...MEMBERS, "global:platform-admin"] },
  "catalog.readAll": { means: "See request kinds and published blueprints", holders: ["anyone"] },
  "cluster.list": { means: "List clusters (each row is filtered by what one may see)", holders: ["anyone"] },
  "cluster.read": { means: "See everything of a cluster", holders: [...MEMBERS, "global:platform-admin"] },
  "cluster.readLimited": {
    means: "See name, description, owner and health of a cluster that is visible to the organisation",
    holders: ["anyone"],
  },
  "cluster.connect": {
    means: "Download a kubeconfig that holds no secret",
    holders: [...MEMBERS, "global:platform-admin"],
    sees: "cluster.read",
  },
  "route.list": { means: "List routes (each row is filtered by what one may see)", holders: ["anyone"] },
  "route.read": { means: "See everything of a route", holders: [...MEMBERS, "global:platform-admin"] },
  "route.readLimited": {
    means: "See what product.md names of a route that is visible to the organisation: owner, health, DNS name, how to call, who may call",
    holders: ["anyone"],
  },
  "route.askToCall": { means: "Ask that one's own team may call an organisation-visible route", holders: [...MEMBERS] },
  "kubeService.list": { means: "List the kubeServices of a cluster of one's team", holders: [...MEMBERS] },
  "network.list": { means: "List the service networks one's teams may use", holders: ["anyone"] },
  "network.read": { means: "See the state of every service network, its Gateway and associations", holders: ["global:platform-admin"] },
  "topology.read": { means: "See the map (each node is filtered by what one may see)", holders: ["anyone", "wall"] },
  "directory.read": { means: "See the service directory (each service is filtered by what one may see)", holders: ["anyone"] },
  "reach.read": { means: "Ask whether a caller reaches a service, of those that one may see", holders: ["anyone"] },
  "request.list": { means: "List requests (each row is filtered by what one may see)", holders: ["anyone"] },
  "request.read": { means: "See a request, its plan and its decisions", holders: [...MEMBERS, "global:platform-admin"] },
  "request.plan": { means: "Render and dry-run a plan; nothing is stored", holders: [...MEMBERS, "global:platform-admin"] },
  "request.submit": { means: "Submit or resubmit a request for a team", holders: [...MEMBERS, "global:platform-admin"] },
  "request.withdraw": { means: "Withdraw a request of one's team", holders: [...MEMBERS], sees: "request.read" },
  "request.decide": {
    means: "Approve, send back or reject (the slots and four-eyes decide further)",
    holders: ["team:lead", "global:platform-admin"],
    sees: "request.read",
  },
  "request.comment": { means: "Comment on a request", holders: [...MEMBERS, "global:platform-admin"], sees: "request.read" },
  "request.retry": {
    means: "Retry a delivery that stopped, with the same bytes",
    holders: [...MEMBERS, "global:platform-admin"],
    sees: "request.read",
  },
  "audit.read": { means: "Read, verify and export the audit", holders: ["global:platform-admin"] },
  "settings.read": { means: "See teams, accounts, policies, blueprints and prices", holders: ["global:platform-admin", ...MEMBERS] },
  "token.revoke": { means: "Revoke one's own token, or any as platform admin", holders: ["anyone"] },
  "wallLink.read": { means: "See the links that show the map on a screen, without their secrets", holders: ["global:platform-admin"] },
  "wallLink.manage": { means: "Make, renew and revoke links that show the map on a screen", holders: ["global:platform-admin"] },
  "wallLink.exchange": { means: "Exchange the token of such a link, once", holders: ["system"] },
  "session.start": { means: "Start a session after sign-in", holders: ["system"] },
  "system.run": { means: "Bootstrap, delivery, expiry, history: timers of the portal itself", holders: ["system"] },
};

/** Where a verb acts: the whole installation, or something a team owns. */
export type Scope = { readonly type: "installation" } | { readonly type: "team"; readonly teamId: TeamId | null };

/** Does the actor hold the permission in this scope? `teamId` null is an object outside all teams: platform admins only. */
export function holds(actor: Actor, permission: PermissionName, scope: Scope): boolean {
  return PERMISSIONS[permission].holders.some((holder) => isHolder(actor, holder, scope));
}

function isHolder(actor: Actor, holder: Holder, scope: Scope): boolean {
  if (actor.type !== "person") return holder === actor.type;
  if (holder === "anyone") return true;
  if (holder === "system" || holder === "wall") return false;
  if (holder.startsWith("global:")) return actor.globalRoles.some((role) => holder === `global:${role}`);
  if (scope.type === "installation") return actor.memberships.some(({ role }) => holder === `team:${role}`);
  return actor.memberships.some(({ teamId, role }) => teamId === scope.teamId && holder === `team:${role}`);
}

/** Throws nothing: says how a refusal must read. */
export function verdict(actor: Actor, permission: PermissionName, scope: Scope): "allowed" | "FORBIDDEN" | "NOT_FOUND" {
  if (holds(actor, permission, scope)) return "allowed";
  const { sees } = PERMISSIONS[permission];
  if (scope.type === "installation") return "FORBIDDEN";
  return sees !== undefined && holds(actor, sees, scope) ? "FORBIDDEN" : "NOT_FOUND";
}
