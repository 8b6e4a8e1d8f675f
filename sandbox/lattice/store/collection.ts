type Entity = { readonly id: string };
type Table<Item> = { index: string; keyOf: (item: Item) => string; buckets: Map<string, Set<Item>> };

/** Records by id in the order of their creation, with look-up tables over fields that never change. */
export function createCollection<Item extends Entity, Index extends string>(keys: Record<Index, (item: Item) => string>) {
  const items = new Map<string, Item>();
  const tables = Object.entries<(item: Item) => string>(keys).map(([index, keyOf]): Table<Item> => ({ index, keyOf, buckets: new Map() }));
  const none: ReadonlySet<Item> = new Set();
  return {
    get size() {
      return items.size;
    },
    all: (): Iterable<Item> => items.values(),
    find: (id: string): Item | null => items.get(id) ?? null,
    /** Everything whose key in this table is `key`. */
    by: (index: Index, key: string): ReadonlySet<Item> => tables.find((table) => table.index === index)?.buckets.get(key) ?? none,
    add: (item: Item) => {
      items.set(item.id, item);
      for (const { keyOf, buckets } of tables) buckets.set(keyOf(item), (buckets.get(keyOf(item)) ?? new Set()).add(item));
    },
    remove: (item: Item) => {
      items.delete(item.id);
      for (const { keyOf, buckets } of tables) {
        const bucket = buckets.get(keyOf(item));
        bucket?.delete(item);
        if (bucket?.size === 0) buckets.delete(keyOf(item));
      }
    },
  };
}
export type Collection<Item extends Entity, Index extends string> = ReturnType<typeof createCollection<Item, Index>>;
