import { createHash } from "node:crypto";
import { SessionId, WallLinkId } from "../lib/domain/ids.ts";
import { JsonObject } from "../lib/domain/json.ts";
import { PortalError } from "../lib/domain/portal-error.ts";
import type { RequestView } from "../lib/domain/requests/request-view.ts";
import type { Actor, Person, WallActor } from "../lib/domain/tenancy/actor.ts";
import { withProvenance } from "../lib/manifests/provenance.ts";
import { buildRouteObjects } from "../lib/manifests/routes/build-route-objects.ts";
import { routeToBuild } from "../lib/manifests/routes/route-examples.ts";
import { requestKinds } from "../lib/server/request-kinds.ts";
import { createWorld, payments, shop } from "../lib/services/clusters/testing/world.ts";
import type { Context } from "../lib/services/context.ts";
import { sendBackRequest } from "../lib/services/requests/send-back-request.ts";

const NO_LINK = "00000000-0000-4000-8000-000000000001";
export const PEOPLE = ["stranger", "viewer", "otherTeam", "developer", "lead", "admin", "readToken"] as const;
export type PersonName = (typeof PEOPLE)[number];
export type RequestIn = "waiting" | "sentBack" | "failed";
export type MatrixWorld = Awaited<ReturnType<typeof createMatrixWorld>>;
type BareWorld = Awaited<ReturnType<typeof createWorld>>;

/** An installation in which everything that a verb can name is there, and belongs to the team payments. */
export async function createMatrixWorld() {
  const world = await createWorld();
  await plantTokens(world);
  const everybody = await createPeople(world);
  const colleague = await world.person("colleague", { teams: [[payments, "developer"]] });
  const colleagueAdmin = await world.person("colleague-admin", { globalRoles: ["platform-admin"] });
  world.plant("orders");
  const shown = routeToBuild("one-backend");
  const { imports, policies, route } = buildRouteObjects({ ...shown, spec: { ...shown.spec, visibility: "team" } });
  for (const object of [...imports, ...policies, route])
    world.kube.applyAs("trellis", withProvenance(object, { requestId: "R-998", contentHash: "0".repeat(64) }));
  let count = 0;
  const freshName = () => `fresh-${(count += 1)}`;

  /** A new request of a colleague in that state, so that no two actors meet the same one. */
  async function freshRequest(state: RequestIn): Promise<RequestView> {
    const request = await world.askFor(colleague, { name: freshName() });
    if (state === "sentBack") await sendBackRequest.execute({ id: request.id, comment: "another size, please" }, world.as(colleagueAdmin));
    if (state === "failed") {
      await world.approve(colleagueAdmin, request);
      world.kube.refuseNext({ verb: "apply" }, new PortalError("PRECONDITION", "kubernetes.refused", {}, { raw: "no" }));
      await world.deliver();
    }
    return request;
  }
  const context = (actor: Actor): Context => ({ ...world.as(everybody.admin), actor, kinds: requestKinds });

  /** A link whose token waits; `name` keeps the actors apart. */
  async function freshWallLink(name: string): Promise<{ readonly id: WallLinkId; readonly tokenHash: string }> {
    const tokenHash = createHash("sha256")
      .update(`${name} ${(count += 1)}`)
      .digest("hex");
    const createdAt = world.now();
    const expiresAt = inOneHour(world);
    const id = await world.db.read.wall.insert({ name, filter: {}, tokenHash, createdById: colleagueAdmin.userId, createdAt, expiresAt });
    return { id, tokenHash };
  }
  const wall: WallActor = { type: "wall", linkId: WallLinkId.parse(NO_LINK), name: "lobby", filter: {}, endsAt: inOneHour(world) };
  return { ...world, payments, everybody, wall, freshName, freshRequest, freshWallLink, context };
}

async function createPeople(world: BareWorld): Promise<Readonly<Record<PersonName, Person>>> {
  const developer = await world.person("developer", { teams: [[payments, "developer"]] });
  const everybody = {
    stranger: await world.person("stranger"),
    viewer: await world.person("viewer", { globalRoles: ["viewer"] }),
    otherTeam: await world.person("otherTeam", { teams: [[shop, "lead"]] }),
    developer,
    lead: await world.person("lead", { teams: [[payments, "lead"]] }),
    admin: await world.person("admin", { globalRoles: ["platform-admin"] }),
  };
  for (const { userId } of Object.values(everybody))
    await world.db.read.people.startSession({ id: SessionId.parse(userId), userId, startedAt: world.now(), endsAt: inOneHour(world) });
  return { ...everybody, readToken: { ...developer, via: { door: "token", tokenId: "token-developer", scopes: ["read"] } } };
}

/** Everybody has a token of her own, so that only rights can be in the way of revoking it; and the system's own kind has its policy. */
async function plantTokens(world: BareWorld): Promise<void> {
  const { db } = world;
  const { issuer } = await world.person("nobody");
  const tokens = PEOPLE.map((name) => ({
    id: `token-${name}`,
    owner: { issuer, subject: name, name },
    name,
    hash: createHash("sha256").update(name).digest("hex"),
    scopes: ["read", "write"] as const,
    expiresAt: inOneHour(world),
  }));
  await db.transaction(async (tx) => {
    await tx.tenancy.applyBootstrap({
      teams: (await tx.tenancy.listTeams()).map(({ id, description, clusterQuota }) => ({ id, description, clusterQuota })),
      mappings: await tx.tenancy.listMappings(),
      accounts: await tx.tenancy.listAccounts(),
      policies: [...(await tx.tenancy.listPolicies()).map(({ name, slots }) => ({ name, slots })), { name: "bootstrap", slots: [] }],
      blueprints: (await tx.tenancy.listBlueprints()).map(({ id, version, data, policyName }) => ({
        id,
        version,
        data,
        policyName,
        withdrawn: false,
      })),
      prices: JsonObject.parse(await tx.tenancy.prices()),
      networking: await tx.tenancy.networking(),
      kindPolicies: { ...(await tx.tenancy.kindPolicies()), "tenancy.bootstrap": "bootstrap" },
      tokens,
    });
  });
}

function inOneHour({ now }: BareWorld): Date {
  return new Date(now().getTime() + 3_600_000);
}
