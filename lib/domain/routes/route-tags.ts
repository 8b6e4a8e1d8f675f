import { PortalError } from "../portal-error.ts";

const MAX_TAGS = 50;
const MAX_KEY = 128;
const MAX_VALUE = 256;
// AWS, "Tag naming limits": letters, digits, spaces and + - = . _ : / @. The controller splits at `,` and `=`, so a value may hold neither (lattice.md §1.4).
const TEXT = /^[\p{L}\p{N}\s+\-._:/@]+$/u;

/**
 * The controller's tags annotation, `K=V,K2=V2`, in the order given. `INVALID` `routes.tags` with what is wrong for more than 50 pairs, keys beyond 128 or values
 * beyond 256 characters, `aws:` keys, and characters that AWS or the controller's own splitting does not take.
 */
export function tagsText(tags: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(tags);
  if (pairs.length > MAX_TAGS) throw new PortalError("INVALID", "routes.tags", { tag: String(pairs.length) });
  for (const [key, value] of pairs) {
    const isFit = key.length <= MAX_KEY && value.length <= MAX_VALUE && TEXT.test(key) && TEXT.test(value) && !key.startsWith("aws:");
    if (!isFit) throw new PortalError("INVALID", "routes.tags", { tag: key });
  }
  return pairs.map(([key, value]) => `${key}=${value}`).join(",");
}
