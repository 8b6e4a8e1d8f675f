import type { Operation } from "../operations/operation.ts";

type Route = { readonly operation: Operation; readonly parts: readonly { text: string; member: string | null }[] };

/** Finds the operation of a method and a raw path. Parts are decoded after the split: an ARN arrives with `%2F` for its slashes. */
export function createRouter(operations: readonly Operation[]) {
  const table = new Map<string, Route[]>();
  for (const operation of operations) {
    const parts = partsOf(operation.path).map((text) => ({ text, member: /^\{(\w+)\}$/.exec(text)?.[1] ?? null }));
    const key = keyOf(operation.method, partsOf(operation.path));
    table.set(key, [...(table.get(key) ?? []), { operation, parts }]);
  }
  return (method: string, rawPath: string): { operation: Operation; members: Record<string, string> } | null => {
    const given = partsOf(rawPath);
    for (const { operation, parts } of table.get(keyOf(method, given)) ?? []) {
      const members: Record<string, string> = {};
      const fits = parts.every(({ text, member }, place) => {
        const part = given[place] ?? "";
        if (member === null) return part === text;
        members[member] = decodePart(part);
        return true;
      });
      if (fits) return { operation, members };
    }
    return null;
  };
}

/** The first part is always fixed, so method, first part and length leave one or two candidates. */
function keyOf(method: string, parts: readonly string[]): string {
  return `${method} ${parts[0] ?? ""} ${parts.length}`;
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
