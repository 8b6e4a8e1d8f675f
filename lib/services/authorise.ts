import { PortalError } from "../domain/portal-error.ts";
import { type PermissionName, type Scope, verdict } from "../domain/tenancy/permissions.ts";
import type { TransactionContext } from "./context.ts";

type Guarded<Input> = {
  readonly name: string;
  readonly permission: PermissionName;
  readonly scope: (input: Input, reads: TransactionContext) => Promise<Scope | null>;
};

/** Throws `NOT_FOUND` when the thing is absent or not the actor's to see, `FORBIDDEN` when she sees it but lacks the right. */
export async function authorise<Input>(definition: Guarded<Input>, input: Input, reads: TransactionContext): Promise<void> {
  const scope = await definition.scope(input, reads);
  if (scope === null) throw new PortalError("NOT_FOUND", "notFound");
  const answer = verdict(reads.actor, definition.permission, scope);
  if (answer === "NOT_FOUND") throw new PortalError("NOT_FOUND", "notFound");
  if (answer === "FORBIDDEN") throw new PortalError("FORBIDDEN", "forbidden", { permission: definition.permission });
  requireTokenScope(definition.permission, reads);
}

const READ_PERMISSIONS: readonly PermissionName[] = [
  "self.read",
  "catalog.read",
  "catalog.readAll",
  "cluster.list",
  "cluster.read",
  "cluster.readLimited",
  "cluster.connect",
  "route.list",
  "route.read",
  "route.readLimited",
  "kubeService.list",
  "network.list",
  "network.read",
  "topology.read",
  "directory.read",
  "reach.read",
  "request.list",
  "request.read",
  "request.plan",
  "audit.read",
  "settings.read",
  "wallLink.read",
];

function requireTokenScope(permission: PermissionName, { actor }: TransactionContext): void {
  if (actor.type !== "person" || actor.via.door !== "token") return;
  const needed = READ_PERMISSIONS.includes(permission) ? "read" : "write";
  if (!actor.via.scopes.includes(needed)) throw new PortalError("FORBIDDEN", "tokenScope", { scope: needed });
}
