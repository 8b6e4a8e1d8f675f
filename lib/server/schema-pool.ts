import { z } from "zod";
import type { JsonObject, JsonValue } from "../domain/json.ts";
import { Message } from "../domain/message.ts";

/** JSON Schemas of one document: what a schema defines beside itself moves into one shared place, under one name for equal content. */
export type SchemaPool = {
  readonly schemaOf: (schema: z.ZodType, io: "input" | "output") => JsonObject;
  readonly schemas: () => JsonObject;
};

const DEFINITION = "#/$defs/";

export function createSchemaPool(place: string): SchemaPool {
  const shared = new Map<string, JsonValue>();
  const names = new Map<string, string>();

  /** Recursive definitions are known by number in each schema; here by their content with their own name left out. */
  const nameOf = (local: string, definition: JsonValue): string => {
    const content = JSON.stringify(definition).replaceAll(`"${DEFINITION}${local}"`, '"#self"');
    const known = names.get(content);
    if (known !== undefined) return known;
    const name = local.startsWith("__schema") ? `Json${names.size === 0 ? "" : names.size + 1}` : local;
    names.set(content, name);
    return name;
  };

  const schemaOf: SchemaPool["schemaOf"] = (schema, io) => {
    const {
      $schema: _,
      $defs,
      ...rest
    } = asObject(JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: "any", override: sentencesAreTexts }))));
    const definitions = Object.entries(asObject($defs ?? {}));
    const renamed = new Map(definitions.map(([local, definition]) => [local, nameOf(local, definition)]));
    for (const [local, definition] of definitions) shared.set(renamed.get(local) ?? local, rename(definition, renamed, place));
    return asObject(rename(rest, renamed, place));
  };
  return { schemaOf, schemas: () => Object.fromEntries([...shared].sort(([one], [other]) => (one < other ? -1 : 1))) };
}

/** Every door translates: what is a Message below is a text in an answer. */
function sentencesAreTexts({
  zodSchema,
  jsonSchema,
}: {
  readonly zodSchema: unknown;
  readonly jsonSchema: z.core.JSONSchema.BaseSchema;
}): void {
  if (zodSchema !== Message) return;
  for (const name of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, name);
  jsonSchema.type = "string";
  jsonSchema.description = "A sentence in the caller's language";
}

function rename(value: JsonValue, names: ReadonlyMap<string, string>, place: string): JsonValue {
  if (typeof value === "string" && value.startsWith(DEFINITION)) return `${place}${names.get(value.slice(DEFINITION.length)) ?? ""}`;
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((item) => rename(item, names, place));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, rename(member, names, place)]));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

// JSON.parse of what JSON.stringify wrote of a schema is always an object.
function asObject(value: unknown): JsonObject {
  return value as JsonObject;
}
