import type { TwinLine } from "./command-twin.tsx";

export const CURL = 'curl -H "Authorization: Bearer $TRELLIS_TOKEN"';

/** Reading one view by REST. */
export function readCommand(url: string): TwinLine {
  return { command: shellLines(CURL, quote(url)) };
}

/** A request as a form makes it, by REST; `url` is the door of all requests. */
export function submitCommands(url: string, body: object): readonly TwinLine[] {
  const parts = ['-H "Content-Type: application/json"', '-H "Idempotency-Key: $(uuidgen)"', `-d ${quote(JSON.stringify(body))}`];
  return [{ command: shellLines(CURL, ...parts, quote(url)) }];
}

/** One command over several lines, as a shell reads it. */
export function shellLines(...parts: readonly string[]): string {
  return parts.join(" \\\n  ");
}

/** A word of a POSIX shell. Names come from clusters: nothing in them may end the quotes. */
export function quote(word: string): string {
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
