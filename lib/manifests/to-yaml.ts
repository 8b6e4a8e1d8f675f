import { stringify } from "yaml";
import type { JsonObject } from "../domain/json.ts";

/** One object as YAML, members in the order given. Strings that YAML 1.1 or 1.2 would read as another type are quoted: kubectl reads 1.1. */
export function toYaml(object: JsonObject | object): string {
  return stringify(object, { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" });
}

/** Several objects as one stream of documents, as `kubectl apply -f` takes them. */
export function toYamlDocuments(objects: readonly (JsonObject | object)[]): string {
  return objects.map(toYaml).join("---\n");
}
