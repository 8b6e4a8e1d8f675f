import type { Readable } from "node:stream";

export class BodyTooLarge extends Error {}

/** Reads a body up to a bound. Throws `BodyTooLarge` and drops the connection beyond it. */
export async function readBody(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = toBuffer(chunk);
    size += bytes.length;
    if (size > maxBytes) {
      body.destroy();
      throw new BodyTooLarge(`more than ${maxBytes} bytes`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, size).toString("utf8");
}

/** Streams are typed to yield anything; ours carry bytes, and text is accepted as its UTF-8 bytes. */
export function toBuffer(chunk: unknown): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk), "utf8");
}
