import { PortalError } from "../../domain/portal-error.ts";

/** The cursor is the sort text of the last row: rows that come, go or change place never make a page repeat another. */
export function writeCursor(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** `INVALID` for a cursor that is not ours. */
export function readCursor(cursor: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) throw unreadable();
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unreadable();
  }
}

function unreadable(): PortalError {
  return new PortalError("INVALID", "input.refused", { count: 1 }, { fields: [{ path: "cursor", key: "clusters.field.cursor" }] });
}
