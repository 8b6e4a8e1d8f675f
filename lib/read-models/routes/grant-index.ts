import { type ReferenceGrantRule, readReferenceGrant } from "../../manifests/routes/read-reference-grant.ts";

export type GrantIndex = ReturnType<typeof createGrantIndex>;

/** Every ReferenceGrant by what it grants, so that one of thousands in a namespace costs only the routes over the imports that it names. */
export function createGrantIndex() {
  const rulesOf = new Map<string, readonly ReferenceGrantRule[]>();
  const grantsOf = new Map<string, Set<string>>();

  function forget(key: string): readonly string[] {
    const targets = targetsOf(key, rulesOf.get(key) ?? []);
    for (const target of targets) {
      const grants = grantsOf.get(target);
      grants?.delete(key);
      if (grants?.size === 0) grantsOf.delete(target);
    }
    rulesOf.delete(key);
    return targets;
  }

  return {
    /** The grant as it is now, null when it is gone. Answers every target (`grantTargets`) of which it said or says something. */
    set(key: string, object: unknown): readonly string[] {
      const before = forget(key);
      if (object === null) return before;
      const rules = readReferenceGrant(object).filter(({ kind }) => kind === "ServiceImport");
      const now = targetsOf(key, rules);
      if (now.length > 0) rulesOf.set(key, rules);
      for (const target of now) grantsOf.set(target, (grantsOf.get(target) ?? new Set<string>()).add(key));
      return [...new Set([...before, ...now])];
    },
    /** May routes of this kind and namespace use this import? */
    isGranted(route: { readonly kind: string; readonly namespace: string }, target: { readonly namespace: string; readonly name: string }) {
      return grantTargets(target).some((one) =>
        [...(grantsOf.get(one) ?? [])].some((key) =>
          rulesOf
            .get(key)
            ?.some(
              ({ fromKind, fromNamespace, name }) =>
                fromKind === route.kind && fromNamespace === route.namespace && (name === null || name === target.name),
            ),
        ),
      );
    },
  };
}

/** Under which names a grant may speak of an import: its own, and all of its namespace. */
export function grantTargets({ namespace, name }: { readonly namespace: string; readonly name: string }): readonly string[] {
  return [`${namespace}/${name}`, `${namespace}/*`];
}

function targetsOf(key: string, rules: readonly ReferenceGrantRule[]): readonly string[] {
  const namespace = key.slice(0, key.indexOf("/"));
  return [...new Set(rules.map(({ name }) => `${namespace}/${name ?? "*"}`))];
}
