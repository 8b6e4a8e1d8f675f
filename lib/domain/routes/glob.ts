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

/** May an ARN pattern and a pattern of ARNs mean the same ARN, part by part? A path that itself reads like the rest of an ARN is left out of account. */
export function arnsMeet(pattern: string, arns: string): boolean {
  const [wanted, parts] = [arnParts(pattern), arnParts(arns)];
  if (wanted.length < 6) return globMeet(pattern, arns) !== null;
  return parts.length === 6 && wanted.every((part, index) => patternsMeet(part, parts[index] ?? ""));
}

function patternsMeet(one: string, other: string): boolean {
  return /[*?]/.test(other) ? globMeet(one, other) !== null : globMatches(one, other);
}

function arnParts(text: string): readonly string[] {
  const parts = text.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Two patterns longer than this together cost too much to compare letter by letter. */
const MAX_CELLS = 250_000;

/** A text that both patterns match, one without needless letters; null when there is none, `unknown` when they are too long to say. */
export function globMeet(one: string, other: string): { readonly text: string } | null | "unknown" {
  const start = sameStart(one, other);
  const rest = meetOfRests(one.slice(start.length), other.slice(start.length));
  return rest === null || rest === "unknown" ? rest : { text: start + rest.text };
}

/** Up to the first star, or to where they differ, letters pair off. */
function sameStart(one: string, other: string): string {
  let text = "";
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const [a, b] = [one[at], other[at]];
    if (a === "*" || b === "*" || !(a === b || a === "?" || b === "?")) break;
    text += letterOf(a, b);
  }
  return text;
}

function meetOfRests(one: string, other: string): ReturnType<typeof globMeet> {
  const width = other.length + 1;
  if ((one.length + 1) * width > MAX_CELLS) return "unknown";
  // Cell (i, j): do the rests from i and j meet?
  const meets = new Uint8Array((one.length + 1) * width);
  meets[one.length * width + other.length] = 1;
  for (let i = one.length; i >= 0; i -= 1)
    for (let j = other.length; j >= 0; j -= 1) if (stepFrom(one, other, { meets, i, j }) !== STUCK) meets[i * width + j] = 1;
  if (meets[0] !== 1) return null;
  let [i, j, text] = [0, 0, ""];
  while (i < one.length || j < other.length) {
    const step = stepFrom(one, other, { meets, i, j });
    if (step !== END_ONE && step !== END_OTHER) text += letterOf(one[i], other[j]);
    if (step !== END_OTHER && step !== STAY_ONE) i += 1;
    if (step !== END_ONE && step !== STAY_OTHER) j += 1;
  }
  return { text };
}

const [STUCK, END_ONE, END_OTHER, STAY_ONE, STAY_OTHER, BOTH] = [0, 1, 2, 3, 4, 5] as const;
type Cell = { readonly meets: Uint8Array; readonly i: number; readonly j: number };

/** A star may end here, or stay and take one letter that the other side names; two single letters must agree. */
function stepFrom(one: string, other: string, { meets, i, j }: Cell): 0 | 1 | 2 | 3 | 4 | 5 {
  const width = other.length + 1;
  const [a, b] = [one[i], other[j]];
  if (a === undefined && b === undefined) return BOTH;
  if (a === "*" && meets[(i + 1) * width + j] === 1) return END_ONE;
  if (b === "*" && meets[i * width + j + 1] === 1) return END_OTHER;
  if (a === undefined || b === undefined) return STUCK;
  if (a === "*") return b !== "*" && meets[i * width + j + 1] === 1 ? STAY_ONE : STUCK;
  if (b === "*") return meets[(i + 1) * width + j] === 1 ? STAY_OTHER : STUCK;
  return (a === b || a === "?" || b === "?") && meets[(i + 1) * width + j + 1] === 1 ? BOTH : STUCK;
}

function letterOf(a = "?", b = "?"): string {
  const known = a === "*" || a === "?" ? b : a;
  return known === "?" ? "x" : known;
}

/** Does the pattern match every text that `texts`, a pattern too, stands for? */
export function globCovers(pattern: string, texts: string): boolean {
  // A run longer than the pattern can only be taken by a star; nothing at all must be taken too.
  const long = "\u0000".repeat(pattern.length + 1);
  return [long, ""].every((run) => globMatches(pattern, texts.replaceAll("?", "\u0000").replaceAll("*", run)));
}
