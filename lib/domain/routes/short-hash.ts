const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;

/**
 * Seven characters of [a-z0-9] that tell shortened names apart (FNV-1a, 64 bits). Not a safeguard against intent: whoever shortens a name
 * still checks that it is free.
 */
export function shortHash(text: string): string {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * PRIME) & MASK;
  return hash.toString(36).padStart(7, "0").slice(-7);
}

/** The text cut so that it fits with a hyphen and its hash; whole when it fits already. */
export function shortened(text: string, maximum: number): string {
  return text.length <= maximum ? text : withHash(text, text, maximum);
}

/** `<beginning of text>-<hash of identity>`, at most `maximum` characters, no double hyphen at the seam. */
export function withHash(text: string, identity: string, maximum: number): string {
  const hash = shortHash(identity);
  return `${text.slice(0, maximum - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}
