/** The arguments of an ICU message as `name:type` words, sorted and without doubles. Throws a sentence when the message is broken. */
export function icuArguments(message: string): readonly string[] {
  const found = new Set<string>();
  const end = readText(message, 0, 0, found);
  if (end < message.length) throw new Error(`a closing brace too many at ${end}`);
  return [...found].sort();
}

/** Reads literal text and arguments until the end, or until the brace that closes this branch. Returns where it stopped. */
function readText(message: string, start: number, depth: number, found: Set<string>): number {
  let at = start;
  while (at < message.length) {
    const char = message[at];
    if (char === "'") at = skipQuoted(message, at);
    else if (char === "{") at = readArgument(message, at + 1, depth, found);
    else if (char === "}") {
      if (depth > 0) return at;
      throw new Error(`a closing brace too many at ${at}`);
    } else at += 1;
  }
  if (depth > 0) throw new Error("an opening brace is never closed");
  return at;
}

/** An apostrophe quotes only before a brace; two of them are one. */
function skipQuoted(message: string, at: number): number {
  const next = message[at + 1];
  if (next === "'") return at + 2;
  if (next !== "{" && next !== "}") return at + 1;
  const end = message.indexOf("'", at + 1);
  if (end < 0) throw new Error("a quote is never closed");
  return end + 1;
}

function readArgument(message: string, start: number, depth: number, found: Set<string>): number {
  const head = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*(?:,\s*([a-z]+)\s*)?([,}])/.exec(message.slice(start));
  if (head === null) throw new Error(`an argument without a name at ${start}`);
  const [whole, name = "", type = "text", stop] = head;
  const kind = type === "number" || type === "date" || type === "time" ? "text" : type;
  found.add(`${name}:${kind === "selectordinal" ? "plural" : kind}`);
  const at = start + whole.length;
  if (stop === "}") return at;
  if (kind === "text") return message.indexOf("}", at) + 1;
  return readBranches(message, at, depth, found);
}

function readBranches(message: string, start: number, depth: number, found: Set<string>): number {
  let at = start;
  let hasOther = false;
  for (;;) {
    const branch = /^\s*(offset:\d+\s*)?(=\d+|[A-Za-z][\w-]*)\s*\{/.exec(message.slice(at));
    if (branch === null) break;
    hasOther ||= branch[2] === "other";
    at = readText(message, at + branch[0].length, depth + 1, found) + 1;
  }
  const close = /^\s*\}/.exec(message.slice(at));
  if (close === null) throw new Error(`a branch that cannot be read at ${at}`);
  if (!hasOther) throw new Error("a choice without `other`");
  return at + close[0].length;
}
