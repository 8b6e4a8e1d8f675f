import { randomBytes } from "node:crypto";

export type IdPrefix = "sn" | "svc" | "tg" | "listener" | "rule" | "snsa" | "snva" | "als";

/** The real pattern: prefix and 17 characters (lattice.md §3). */
export function newId(prefix: IdPrefix): string {
  return `${prefix}-0${randomBytes(8).toString("hex")}`;
}

/** Most identifiers may be an id or an ARN: the id is the last part of both. */
export function idOf(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf("/") + 1);
}

export function accountOfArn(arn: string): string {
  return arn.split(":")[4] ?? "";
}

export function latticeArn(place: { region: string; account: string }, resource: string): string {
  return `arn:aws:vpc-lattice:${place.region}:${place.account}:${resource}`;
}
