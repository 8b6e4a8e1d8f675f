/** One field of an object by its path; lists are leaves (atomic), as are empty maps. */
export type Leaf = { readonly path: readonly string[]; readonly value: unknown };

type Tree = Record<string, unknown>;

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const IDENTITY = new Set([
  "apiVersion",
  "kind",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "metadata.resourceVersion",
  "metadata.managedFields",
  "metadata.creationTimestamp",
  "metadata.generation",
]);

/** Every field that somebody can own. */
export function leavesOf(object: Tree): readonly Leaf[] {
  const leaves: Leaf[] = [];
  walk(object, [], leaves);
  return leaves.filter((leaf) => !IDENTITY.has(leaf.path.join(".")));
}

function walk(value: unknown, path: readonly string[], leaves: Leaf[]): void {
  if (!isTree(value) || (Object.keys(value).length === 0 && path.length > 0)) {
    leaves.push({ path, value });
    return;
  }
  for (const [name, member] of Object.entries(value)) walk(member, [...path, name], leaves);
}

export function readAt(object: Tree, path: readonly string[]): unknown {
  let at: unknown = object;
  for (const name of path) at = isTree(at) ? at[name] : undefined;
  return at;
}

export function writeAt(object: Tree, path: readonly string[], value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let at = object;
  for (const name of path.slice(0, -1)) {
    const next = at[name];
    const tree: Tree = isTree(next) ? next : {};
    at[name] = tree;
    at = tree;
  }
  at[last] = value;
}

/** Removes a field and the maps that it leaves empty. */
export function removeAt(object: Tree, path: readonly string[]): void {
  const last = path.at(-1);
  if (last === undefined) return;
  const parentPath = path.slice(0, -1);
  const parent = readAt(object, parentPath);
  if (!isTree(parent)) return;
  Reflect.deleteProperty(parent, last);
  if (Object.keys(parent).length === 0 && parentPath.length > 1) removeAt(object, parentPath);
}

export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, index) => sameValue(one, b[index]));
  if (!isTree(a) || !isTree(b)) return Object.is(a, b);
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]));
}

/** RFC 7396. */
export function mergePatched(target: unknown, patch: unknown): unknown {
  if (!isTree(patch)) return patch;
  const result: Tree = isTree(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, name);
    else result[name] = mergePatched(result[name], value);
  }
  return result;
}
