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
