import { createHash } from "node:crypto";
import { SessionId } from "../domain/ids.ts";
import { PortalError } from "../domain/portal-error.ts";
import type { Person } from "../domain/tenancy/actor.ts";
import { personFromSession } from "../services/tenancy/person-from-session.ts";
import { personFromToken } from "../services/tenancy/person-from-token.ts";
import { portal } from "./composition.ts";
import { identity } from "./identity.ts";

/** Who calls, with the rights the database gives her now. A bearer token wins over a cookie; a wrong one is nobody. */
export async function findActor(headers: Headers): Promise<Person | null> {
  const { db, clock } = portal();
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const token = /^Bearer ([A-Za-z0-9._~+/=-]{16,512})$/i.exec(authorization)?.[1];
    return token === undefined ? null : personFromToken(db, createHash("sha256").update(token).digest("hex"), clock.now());
  }
  const claims = await identity().readSession(headers, clock.now());
  const sessionId = SessionId.safeParse(claims?.sessionId);
  if (claims === null || !sessionId.success) return null;
  const person = await personFromSession(db, sessionId.data, clock.now());
  return person !== null && person.issuer === claims.issuer && person.subject === claims.subject ? person : null;
}

/** `UNAUTHENTICATED` when nobody is signed in. */
export async function getActor(headers: Headers): Promise<Person> {
  const person = await findActor(headers);
  if (person === null) throw new PortalError("UNAUTHENTICATED", "unauthenticated");
  return person;
}
