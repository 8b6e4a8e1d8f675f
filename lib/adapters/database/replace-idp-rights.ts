import type { UserId } from "../../domain/ids.ts";
import type { Db } from "./engine.ts";
import type { PeopleRepository } from "./port.ts";

type Rights = Parameters<PeopleRepository["replaceIdpRights"]>[1];
const source = "idp";

/** Makes a person's rights from the identity provider exactly these; true when a row was written or removed. */
export async function replaceIdpRights(db: Db, userId: UserId, rights: Rights): Promise<boolean> {
  const removedRoles = await db.globalGrant.deleteMany({ where: { userId, source, role: { notIn: [...rights.globalRoles] } } });
  const removedMemberships = await db.membership.deleteMany({
    where: { userId, source, NOT: { OR: rights.memberships.map(({ teamId, role }) => ({ teamId, role })) } },
  });
  const addedRoles = await db.globalGrant.createMany({
    data: rights.globalRoles.map((role) => ({ userId, role, source })),
    skipDuplicates: true,
  });
  const addedMemberships = await db.membership.createMany({
    data: rights.memberships.map(({ teamId, role }) => ({ userId, teamId, role, source })),
    skipDuplicates: true,
  });
  return removedRoles.count + removedMemberships.count + addedRoles.count + addedMemberships.count > 0;
}
