import { stringify } from "yaml";
import type { JsonObject } from "../domain/json.ts";

/** One object as YAML, members in the order given. Strings that YAML would read as another type are quoted. */
export function toYaml(object: JsonObject | object): string {
  return stringify(object, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Several objects as one stream of documents, as `kubectl apply -f` takes them. */
export function toYamlDocuments(objects: readonly (JsonObject | object)[]): string {
  return objects.map(toYaml).join("---\n");
}
