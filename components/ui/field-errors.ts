import type { ShownField } from "../../lib/domain/action-result.ts";

/** Every refused field under the path of its control: doors say `input.name` or `name`, lists say which line. */
export type FieldErrors = {
  readonly of: (path: string) => readonly string[];
  /** What is wrong with a part and with everything in it. */
  readonly under: (path: string) => readonly string[];
  readonly unplaced: readonly string[];
  readonly count: number;
};

/** What a door refused, ready to stand under the fields; `placed` knows the paths that have a field. Text of an outside system stands behind our sentence. */
export function toFieldErrors(fields: readonly ShownField[], placed: RegExp): FieldErrors {
  const known = fields.map((field) => ({
    path: field.path.replace(/^input\./, ""),
    text: field.raw === undefined ? field.message : `${field.message} (${field.raw})`,
  }));
  return {
    of: (path) => unique(known.filter((field) => field.path === path || isLineOf(field.path, path)).map(({ text }) => text)),
    under: (path) => unique(known.filter((field) => field.path === path || field.path.startsWith(`${path}.`)).map(({ text }) => text)),
    unplaced: unique(known.filter(({ path }) => !placed.test(path)).map(({ path, text }) => (path === "" ? text : `${path}: ${text}`))),
    count: known.length,
  };
}

function isLineOf(path: string, parent: string): boolean {
  return path.startsWith(`${parent}.`) && /^\d+$/.test(path.slice(parent.length + 1));
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
