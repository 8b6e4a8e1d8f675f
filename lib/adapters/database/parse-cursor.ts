import { PortalError } from "../../domain/portal-error.ts";

/** Cursors are the number of the last row seen. `INVALID` `database.cursor` for any other text. */
export function parseCursor(cursor: string | null): number | null {
  if (cursor === null) return null;
  if (!/^[0-9]{1,15}$/.test(cursor))
    throw new PortalError("INVALID", "database.cursor", {}, { fields: [{ path: "cursor", key: "database.cursor" }] });
  return Number(cursor);
}
