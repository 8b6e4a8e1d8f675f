export type Line = { readonly type: "line"; readonly text: string } | { readonly type: "oversize" };

const NEWLINE = 0x0a;

/** Splits a byte stream into lines without ever holding more than `maxBytes` of one: an endless line costs itself only. */
export function createLineParser(maxBytes: number): { push(chunk: Buffer): Generator<Line> } {
  let pending: Buffer[] = [];
  let size = 0;
  let skipping = false;

  function keep(piece: Buffer): void {
    if (skipping) return;
    size += piece.length;
    if (size > maxBytes) {
      skipping = true;
      pending = [];
      return;
    }
    pending.push(piece);
  }

  function finish(): Line | null {
    const line: Line | null = skipping
      ? { type: "oversize" }
      : size === 0
        ? null
        : { type: "line", text: Buffer.concat(pending, size).toString("utf8") };
    pending = [];
    size = 0;
    skipping = false;
    return line;
  }

  return {
    *push(chunk) {
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
        keep(chunk.subarray(from, end));
        from = end + 1;
        const line = finish();
        if (line) yield line;
      }
      if (from < chunk.length) keep(chunk.subarray(from));
    },
  };
}
