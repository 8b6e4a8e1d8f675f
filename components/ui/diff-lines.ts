import { structuredPatch } from "diff";

export type DiffLine = { readonly mark: " " | "+" | "-"; readonly number: number; readonly text: string };
export type DiffHunk = { readonly from: number; readonly to: number; readonly lines: readonly DiffLine[] };

/** What turns `before` into `after`, in hunks with three lines of context. Null means that there is no such object. Numbers are of the side a line belongs to. */
export function toDiffHunks(before: string | null, after: string | null): readonly DiffHunk[] {
  const patch = structuredPatch("a", "b", withEnd(before), withEnd(after), undefined, undefined, { context: 3 });
  return patch.hunks.map((hunk) => {
    let oldNumber = hunk.oldStart;
    let newNumber = hunk.newStart;
    const lines = hunk.lines.flatMap((line): DiffLine[] => {
      const text = line.slice(1);
      if (line.startsWith("+")) return [{ mark: "+", number: newNumber++, text }];
      if (line.startsWith("-")) return [{ mark: "-", number: oldNumber++, text }];
      if (!line.startsWith(" ")) return [];
      oldNumber += 1;
      return [{ mark: " ", number: newNumber++, text }];
    });
    return { from: lines[0]?.number ?? 0, to: lines.at(-1)?.number ?? 0, lines };
  });
}

function withEnd(text: string | null): string {
  return text === null || text === "" ? "" : text.endsWith("\n") ? text : `${text}\n`;
}
