import { PortalError } from "../domain/portal-error.ts";

export const BODY_LIMIT_BYTES = 256 * 1024;
const MAX_DEPTH = 64;

/** Reads a JSON body of at most 256 KiB. `INVALID`: `input.contentType`, `input.bodyTooLarge`, `input.wrongEncoding`, `input.malformedJson`, `input.tooDeep`. */
export async function readJsonBody(request: Request): Promise<unknown> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw new PortalError("INVALID", "input.contentType", { type: type === undefined || type === "" ? "–" : type.slice(0, 80) });
  const text = decode(await readBytes(request));
  const value = parse(text);
  if (isDeeperThan(value, MAX_DEPTH)) throw new PortalError("INVALID", "input.tooDeep", { limit: MAX_DEPTH });
  return value;
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const tooLarge = () => new PortalError("INVALID", "input.bodyTooLarge", { limit: BODY_LIMIT_BYTES / 1024 });
  if (Number(request.headers.get("content-length") ?? 0) > BODY_LIMIT_BYTES) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > BODY_LIMIT_BYTES) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new PortalError("INVALID", "input.wrongEncoding", {}, { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PortalError("INVALID", "input.malformedJson", {}, { cause: error });
  }
}

/** Without recursion: the value may be as deep as its sender liked. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap(membersOf);
  }
  return false;
}

function membersOf(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}
