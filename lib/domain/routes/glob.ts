/** IAM's wildcards: `*` any characters, `?` exactly one; everything else letter by letter. Linear in practice, so a hostile pattern costs nothing. */
export function globMatches(pattern: string, text: string): boolean {
  let at = 0;
  let position = 0;
  let star = -1;
  let restart = 0;
  while (position < text.length) {
    if (pattern[at] === "*") {
      star = at;
      restart = position;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === text[position])) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      at = star + 1;
      restart += 1;
      position = restart;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

/**
 * An ARN against a pattern as ArnLike and ArnEquals compare them: each of the six parts between colons by itself (IAM User Guide, "ARN condition operators").
 * `unknown` when the pattern is no whole ARN.
 */
export function arnMatches(pattern: string, arn: string): "yes" | "no" | "unknown" {
  const [wanted, parts] = [arnParts(pattern), arnParts(arn)];
  if (wanted.length < 6) return "unknown";
  return parts.length === 6 && wanted.every((part, index) => globMatches(part, parts[index] ?? "")) ? "yes" : "no";
}

function arnParts(text: string): readonly string[] {
  const parts = text.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}
