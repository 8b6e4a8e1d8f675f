import { isTree, type Leaf, leavesOf, readAt, removeAt, sameValue, writeAt } from "./fake-fields.ts";

type Tree = Record<string, unknown>;

/** Who owns which field: path → owners. An owner is a field manager together with how it wrote, as in managedFields. */
export type Owners = ReadonlyMap<string, ReadonlySet<string>>;
export type Writer = { readonly manager: string; readonly operation: "Apply" | "Update" };
export type FieldConflict = { readonly manager: string; readonly field: string };

export function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}

function idOf(writer: Writer): string {
  return `${writer.operation}|${writer.manager}`;
}

/** Server-side apply, simplified: conflicts by leaf path, dropped fields disappear when nobody else owns them. */
export function applyFields(input: {
  readonly current: Tree;
  readonly owners: Owners;
  readonly intent: Tree;
  readonly manager: string;
  readonly force: boolean;
}): { readonly object: Tree; readonly owners: Owners; readonly conflicts: readonly FieldConflict[] } {
  const me = idOf({ manager: input.manager, operation: "Apply" });
  const object = structuredClone(input.current);
  const owners = copyOwners(input.owners);
  const conflicts: FieldConflict[] = [];
  const wanted = leavesOf(input.intent);
  for (const leaf of wanted) {
    const others = [...(owners.get(keyOf(leaf.path)) ?? [])].filter((owner) => owner !== me);
    const same = sameValue(readAt(object, leaf.path), leaf.value);
    const rival = others[0];
    if (!same && rival !== undefined && !input.force) conflicts.push({ manager: managerOf(rival), field: leaf.path.join(".") });
    // An empty map claims the map, not its members.
    if (!same && !(isTree(leaf.value) && isTree(readAt(object, leaf.path)))) writeAt(object, leaf.path, structuredClone(leaf.value));
    owners.set(keyOf(leaf.path), new Set([...(same ? others : []), me]));
  }
  dropFields(object, owners, me, wanted);
  return { object, owners, conflicts };
}

function dropFields(object: Tree, owners: Map<string, ReadonlySet<string>>, me: string, wanted: readonly Leaf[]): void {
  const kept = new Set(wanted.map((leaf) => keyOf(leaf.path)));
  for (const [key, holders] of owners) {
    if (kept.has(key) || !holders.has(me)) continue;
    const rest = new Set([...holders].filter((holder) => holder !== me));
    if (rest.size > 0) owners.set(key, rest);
    else {
      owners.delete(key);
      removeAt(object, pathOf(key));
    }
  }
}

/** An ordinary write: fields that changed belong to the writer alone, fields that went belong to nobody. */
export function updateOwners(input: {
  readonly before: Tree;
  readonly after: Tree;
  readonly owners: Owners;
  readonly manager: string;
}): Owners {
  const me = idOf({ manager: input.manager, operation: "Update" });
  const owners = copyOwners(input.owners);
  const after = leavesOf(input.after);
  for (const leaf of after) if (!sameValue(readAt(input.before, leaf.path), leaf.value)) owners.set(keyOf(leaf.path), new Set([me]));
  const present = new Set(after.map((leaf) => keyOf(leaf.path)));
  for (const key of owners.keys()) if (!present.has(key)) owners.delete(key);
  return owners;
}

/** Owner → when it last changed a field that it owns, or owned another set of fields. */
export type WriteTimes = ReadonlyMap<string, string>;

export function writeTimes(
  before: { readonly object: Tree; readonly owners: Owners; readonly times: WriteTimes } | null,
  after: { readonly object: Tree; readonly owners: Owners },
  now: string,
): WriteTimes {
  const owned = (owners: Owners, owner: string) => [...owners].flatMap(([key, holders]) => (holders.has(owner) ? [key] : [])).sort();
  const all = new Set([...after.owners.values()].flatMap((holders) => [...holders]));
  return new Map(
    [...all].map((owner) => {
      const keys = owned(after.owners, owner);
      const isSame =
        before !== null &&
        sameValue(owned(before.owners, owner), keys) &&
        keys.every((key) => sameValue(readAt(before.object, pathOf(key)), readAt(after.object, pathOf(key))));
      return [owner, (isSame ? before.times.get(owner) : undefined) ?? now];
    }),
  );
}

/** `metadata.managedFields` (FieldsV1) as the API server would show them. */
export function toManagedFields(owners: Owners, apiVersion: string, times: WriteTimes): readonly Tree[] {
  const byOwner = new Map<string, Tree>();
  for (const [key, holders] of owners) {
    for (const holder of holders) {
      const fields = byOwner.get(holder) ?? {};
      byOwner.set(holder, fields);
      writeAt(
        fields,
        pathOf(key).map((name) => `f:${name}`),
        {},
      );
    }
  }
  return [...byOwner]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([owner, fieldsV1]) => ({
      manager: managerOf(owner),
      operation: owner.split("|")[0],
      apiVersion,
      ...(times.has(owner) ? { time: times.get(owner) } : {}),
      fieldsType: "FieldsV1",
      fieldsV1,
    }));
}

function managerOf(owner: string): string {
  return owner.slice(owner.indexOf("|") + 1);
}

function copyOwners(owners: Owners): Map<string, ReadonlySet<string>> {
  return new Map(owners);
}

/** Safe because every key was written by `keyOf`. */
function pathOf(key: string): readonly string[] {
  return JSON.parse(key) as readonly string[];
}
