import { isAlias, isMap, isNode, isPair, isScalar, parseDocument, visit } from "yaml";

const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

export type StrictYaml =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly rule: "syntax" | "alias" | "tag" | "key" };

/** One YAML document of plain maps, lists and scalars: no anchors or aliases, no tags, no merge keys, no duplicate or dangerous keys. */
export function parseStrictYaml(text: string): StrictYaml {
  try {
    // Below "error" a second document would be dropped without a word.
    const document = parseDocument(text, {
      version: "1.2",
      schema: "core",
      merge: false,
      uniqueKeys: true,
      strict: true,
      logLevel: "error",
    });
    if (document.errors.length > 0)
      return { ok: false, rule: document.errors.some((error) => error.code === "DUPLICATE_KEY") ? "key" : "syntax" };
    const rule = brokenRule(document);
    if (rule) return { ok: false, rule };
    return { ok: true, value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    // Deep nesting overflows the parser's stack; a text that cannot be parsed is refused whatever the reason.
    return { ok: false, rule: "syntax" };
  }
}

function brokenRule(document: ReturnType<typeof parseDocument>): "alias" | "tag" | "key" | null {
  let rule: "alias" | "tag" | "key" | null = document.warnings.length > 0 ? "tag" : null;
  visit(document, (_key, node) => {
    if (isAlias(node) || (isNode(node) && "anchor" in node && node.anchor)) rule = "alias";
    else if (isNode(node) && node.tag !== undefined) rule = "tag";
    else if (isPair(node) && !isPlainKey(node.key)) rule = "key";
    else if (isMap(node) && node.items.length > 100) rule = "key";
    return rule ? visit.BREAK : undefined;
  });
  return rule;
}

function isPlainKey(key: unknown): boolean {
  return isScalar(key) && typeof key.value === "string" && !FORBIDDEN_KEYS.has(key.value) && key.value !== "<<";
}
