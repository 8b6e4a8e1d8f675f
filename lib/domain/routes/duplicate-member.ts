const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/**
 * The first member that stands twice in one object of a JSON text, or null. JSON.parse keeps the last and says nothing, so that a reader and a machine could see
 * different policies. The text must be valid JSON.
 */
export function duplicateMember(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  let previous = "";
  for (const [token] of text.matchAll(TOKEN)) {
    const members = open.at(-1) ?? null;
    const isKey = token.startsWith('"') && members !== null && (previous === "{" || previous === ",");
    if (token === "{") open.push(new Set());
    if (token === "[") open.push(null);
    if (token === "}" || token === "]") open.pop();
    if (isKey) {
      const name = String(JSON.parse(token));
      if (members.has(name)) return name;
      members.add(name);
    }
    previous = token;
  }
  return null;
}
