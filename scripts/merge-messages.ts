import { icuArguments } from "./icu-arguments.ts";

export type MessageTree = { [key: string]: string | MessageTree };
export type Fragment = { readonly file: string; readonly tree: unknown };
type Leaf = { readonly text: string; readonly file: string };

/** Lays fragments of one language together: a flat map from dotted key to text. Two fragments that say the same key are a problem. */
export function flatten(fragments: readonly Fragment[], problems: string[]): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  for (const { file, tree } of fragments) {
    for (const [key, text] of leavesOf(tree, "", file, problems)) {
      const earlier = leaves.get(key);
      if (earlier === undefined) leaves.set(key, { text, file });
      else problems.push(`${file}: ${key} is already said in ${earlier.file}`);
    }
  }
  for (const [key, { file }] of leaves) {
    const above = key.split(".").slice(0, -1);
    for (let length = 1; length <= above.length; length += 1) {
      const parent = above.slice(0, length).join(".");
      if (leaves.has(parent)) problems.push(`${file}: ${key} stands below ${parent}, which is itself a text`);
    }
  }
  return leaves;
}

function* leavesOf(tree: unknown, prefix: string, file: string, problems: string[]): Generator<[string, string]> {
  if (typeof tree !== "object" || tree === null || Array.isArray(tree)) {
    problems.push(`${file}: ${prefix === "" ? "the file" : prefix} is neither a text nor an object`);
    return;
  }
  for (const [name, value] of Object.entries(tree)) {
    const key = prefix === "" ? name : `${prefix}.${name}`;
    if (name.includes(".")) problems.push(`${file}: ${key} has a dot in a name`);
    if (typeof value === "string") yield [key, value];
    else yield* leavesOf(value, key, file, problems);
  }
}

/** Compares the languages: same keys, same arguments of the same type, no empty text. */
export function compareLanguages(en: ReadonlyMap<string, Leaf>, ja: ReadonlyMap<string, Leaf>): string[] {
  const problems: string[] = [];
  for (const [key, { file }] of en) if (!ja.has(key)) problems.push(`${file}: ${key} is missing in Japanese`);
  for (const [key, { file }] of ja) if (!en.has(key)) problems.push(`${file}: ${key} is missing in English`);
  for (const [key, leaf] of en) {
    const other = ja.get(key);
    if (other === undefined) continue;
    const [left, right] = [namesIn(key, leaf, problems), namesIn(key, other, problems)];
    if (left !== null && right !== null && left !== right) problems.push(`${key}: English takes {${left}}, Japanese takes {${right}}`);
  }
  return problems;
}

// Japanese has no plural forms, so only the names must agree, not plural against plain.
function namesIn(key: string, { text, file }: Leaf, problems: string[]): string | null {
  if (text.trim() === "") problems.push(`${file}: ${key} is empty`);
  try {
    return [...new Set(icuArguments(text).map((word) => word.replace(/:.*/, "")))].join(", ");
  } catch (error) {
    problems.push(`${file}: ${key}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** Nested, sorted by key: the same fragments always give the same bytes. */
export function nest(leaves: ReadonlyMap<string, Leaf>): MessageTree {
  const root: MessageTree = {};
  for (const key of [...leaves.keys()].sort()) {
    const names = key.split(".");
    const last = names.pop() ?? key;
    let branch = root;
    for (const name of names) {
      const next = branch[name];
      branch = typeof next === "object" ? next : (branch[name] = {});
    }
    branch[last] = leaves.get(key)?.text ?? "";
  }
  return root;
}
