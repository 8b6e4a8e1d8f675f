import type { JsonValue } from "../json.ts";
import { PortalError } from "../portal-error.ts";

const MAX_DEPTH = 100;

/**
 * The one canonical text of a JSON value: RFC 8785 (members sorted by UTF-16 code units, ECMAScript numbers and string escapes, no white space).
 * Hashing its UTF-8 bytes binds people's approval to content. `INVALID` `requests.notJson` for what I-JSON cannot carry:
 * NaN, infinities, lone surrogates, absent members, other types, nesting beyond 100.
 */
export function canonicalJson(value: JsonValue): string {
  return write(value, 0);
}

// The types promise JSON; outside data cast to them may still hold anything, so every member is looked at.
function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw refused("depth");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return writeNumber(value);
  if (typeof value === "string") return writeString(value);
  if (Array.isArray(value)) return `[${Array.from(value, (item: unknown) => write(item, depth + 1)).join(",")}]`;
  if (isPlainObject(value))
    return `{${Object.keys(value)
      .sort()
      .map((name) => `${writeString(name)}:${write(value[name], depth + 1)}`)
      .join(",")}}`;
  throw refused(typeof value);
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw refused("number");
  return JSON.stringify(value);
}

function writeString(value: string): string {
  if (!value.isWellFormed()) throw refused("surrogate");
  return JSON.stringify(value);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function refused(what: string): PortalError {
  return new PortalError("INVALID", "requests.notJson", { what });
}
