import { PortalError } from "../domain/portal-error.ts";
import type { Person, WallActor } from "../domain/tenancy/actor.ts";
import { hashOfSecret, WallSecret } from "../domain/tenancy/wall-link.ts";
import { wallFromCookie } from "../services/tenancy/wall-from-cookie.ts";
import { findActor } from "./actor.ts";
import { portal } from "./composition.ts";
import { readWallCookie } from "./wall-cookie.ts";

/**
 * Who reads the map: a person, or a screen with a wall link. Only the three doors of the map call this (the wall page, `GET /topology`, and
 * the live stream for the topic `topology`); every other door asks `findActor`, to which a screen is nobody.
 */
export async function findMapReader(headers: Headers): Promise<Person | WallActor | null> {
  const person = await findActor(headers);
  // A wrong bearer token is nobody, whatever cookies come with it.
  if (person !== null || headers.get("authorization") !== null) return person;
  return findWall(headers);
}

/** `UNAUTHENTICATED` when it is neither. */
export async function getMapReader(headers: Headers): Promise<Person | WallActor> {
  const reader = await findMapReader(headers);
  if (reader === null) throw new PortalError("UNAUTHENTICATED", "unauthenticated");
  return reader;
}

async function findWall(headers: Headers): Promise<WallActor | null> {
  const { db, clock, settings } = portal();
  const secret = WallSecret.safeParse(readWallCookie(headers, settings.installationId));
  return secret.success ? wallFromCookie(db, await hashOfSecret(secret.data), clock.now()) : null;
}
