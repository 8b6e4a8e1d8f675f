export type TaggedResource = { readonly arn: string; readonly seq: number; tags: Readonly<Record<string, string>> };

/** The tags of every resource of one account and Region, found by ARN and by key and value. */
export function createTagStore() {
  const resources = new Map<string, TaggedResource>();
  const byTag = new Map<string, Set<TaggedResource>>();
  const byKey = new Map<string, Set<TaggedResource>>();
  const none: ReadonlySet<TaggedResource> = new Set();
  const tagKey = (key: string, value: string) => JSON.stringify([key, value]);

  function change(resource: TaggedResource, tags: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(resource.tags)) {
      drop(byTag, tagKey(key, value), resource);
      drop(byKey, key, resource);
    }
    resource.tags = tags;
    for (const [key, value] of Object.entries(tags)) {
      put(byTag, tagKey(key, value), resource);
      put(byKey, key, resource);
    }
  }

  return {
    all: (): Iterable<TaggedResource> => resources.values(),
    find: (arn: string): TaggedResource | null => resources.get(arn) ?? null,
    withTag: (key: string, value: string): ReadonlySet<TaggedResource> => byTag.get(tagKey(key, value)) ?? none,
    withKey: (key: string): ReadonlySet<TaggedResource> => byKey.get(key) ?? none,
    /** Every resource has an entry from its creation on, so that an unknown ARN is told from an untagged one. */
    create: (arn: string, seq: number, tags: Readonly<Record<string, string>>) => {
      const resource: TaggedResource = { arn, seq, tags: {} };
      resources.set(arn, resource);
      change(resource, tags);
    },
    change,
    remove: (arn: string) => {
      const resource = resources.get(arn);
      if (!resource) return;
      change(resource, {});
      resources.delete(arn);
    },
  };
}
export type TagStore = ReturnType<typeof createTagStore>;

function put(table: Map<string, Set<TaggedResource>>, key: string, resource: TaggedResource): void {
  table.set(key, (table.get(key) ?? new Set()).add(resource));
}

function drop(table: Map<string, Set<TaggedResource>>, key: string, resource: TaggedResource): void {
  const bucket = table.get(key);
  bucket?.delete(resource);
  if (bucket?.size === 0) table.delete(key);
}
