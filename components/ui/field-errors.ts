import type { ShownField } from "../../lib/domain/action-result.ts";

const PLACED =
  /^(?:team|blueprint|name|account|purpose|description|visibility|kubernetesVersion|endpointAccess|publicCidrs|network|network\.(?:cidr|vpcId|subnetIds)|pools|pools\.\d+\.(?:name|instanceType|capacityType|min|max|desired|diskSizeGiB)|advice\.\w+)(?:\.\d+)?$/;

/** Every refused field under the path of its control: doors say `input.name` or `name`, lists say which line. */
export type FieldErrors = {
  readonly of: (path: string) => readonly string[];
  readonly unplaced: readonly string[];
  readonly count: number;
};

/** What a door refused, ready to stand under the fields. Text of an outside system stands behind our sentence. */
export function toFieldErrors(fields: readonly ShownField[]): FieldErrors {
  const known = fields.map((field) => ({
    path: field.path.replace(/^input\./, ""),
    text: field.raw === undefined ? field.message : `${field.message} (${field.raw})`,
  }));
  return {
    of: (path) => unique(known.filter((field) => field.path === path || isLineOf(field.path, path)).map(({ text }) => text)),
    unplaced: unique(known.filter(({ path }) => !PLACED.test(path)).map(({ path, text }) => (path === "" ? text : `${path}: ${text}`))),
    count: known.length,
  };
}

function isLineOf(path: string, parent: string): boolean {
  return path.startsWith(`${parent}.`) && /^\d+$/.test(path.slice(parent.length + 1));
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
