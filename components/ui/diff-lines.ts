import { structuredPatch } from "diff";

export type DiffLine = { readonly mark: " " | "+" | "-"; readonly number: number; readonly text: string };
export type DiffHunk = { readonly from: number; readonly to: number; readonly lines: readonly DiffLine[] };

/** Stands between what a line belongs to and the line itself; no YAML text holds it. */
const MARK = "\0";

/**
 * What turns `before` into `after`, in hunks with three lines of context. Null means that there is no such object. Numbers are of the side a line belongs to. Members of a
 * list that have a name are compared by it: a line of one never stands for the same line of another.
 */
export function toDiffHunks(before: string | null, after: string | null): readonly DiffHunk[] {
  const patch = structuredPatch("a", "b", withOwners(withEnd(before)), withOwners(withEnd(after)), undefined, undefined, { context: 3 });
  return patch.hunks.map((hunk) => {
    let oldNumber = hunk.oldStart;
    let newNumber = hunk.newStart;
    const lines = hunk.lines.flatMap((line): DiffLine[] => {
      const text = line.slice(line.indexOf(MARK) + 1);
      if (line.startsWith("+")) return [{ mark: "+", number: newNumber++, text }];
      if (line.startsWith("-")) return [{ mark: "-", number: oldNumber++, text }];
      if (!line.startsWith(" ")) return [];
      oldNumber += 1;
      return [{ mark: " ", number: newNumber++, text }];
    });
    return { from: lines[0]?.number ?? 0, to: lines.at(-1)?.number ?? 0, lines };
  });
}

/** Every line with the names of the list members that it stands in. Indentation says which those are: these texts are written by one serialiser. */
function withOwners(yaml: string): string {
  const lines = yaml.split("\n");
  const owners: { readonly indent: number; readonly name: string }[] = [];
  const owned = lines.map((line, at) => {
    const [, indent = "", dash = ""] = /^( *)(- )?/.exec(line) ?? [];
    if (line.trim() !== "") while ((owners.at(-1)?.indent ?? -1) >= indent.length) owners.pop();
    if (dash !== "") owners.push({ indent: indent.length, name: nameOf(lines, at, indent.length) });
    return at === lines.length - 1 && line === "" ? line : `${owners.map(({ name }) => name).join("/")}${MARK}${line}`;
  });
  return owned.join("\n");
}

/** The name of the list member that begins here; empty when it has none. */
function nameOf(lines: readonly string[], from: number, indent: number): string {
  const own = `${" ".repeat(indent + 2)}name: `;
  for (let at = from; at < lines.length; at += 1) {
    const line = at === from ? (lines[at] ?? "").replace("- ", "  ") : (lines[at] ?? "");
    if (line.startsWith(own)) return line.slice(own.length);
    if (at > from && line.trim() !== "" && !line.startsWith(" ".repeat(indent + 1))) return "";
  }
  return "";
}

function withEnd(text: string | null): string {
  return text === null || text === "" ? "" : text.endsWith("\n") ? text : `${text}\n`;
}
