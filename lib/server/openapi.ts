import { z } from "zod";
import type { JsonObject, JsonValue } from "../domain/json.ts";
import { ERROR_CODES } from "../domain/portal-error.ts";
import { ENDPOINTS, type Endpoint } from "./endpoints.ts";
import { createSchemaPool, type SchemaPool } from "./schema-pool.ts";

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(ERROR_CODES),
  detail: z.string().meta({ description: "What happened, to what, and what to do, in the caller's language" }),
  raw: z.exactOptional(z.string()).meta({ description: "An outside system's own words" }),
  fields: z.exactOptional(z.array(z.object({ path: z.string(), message: z.string(), raw: z.exactOptional(z.string()) }))),
  ref: z.string().meta({ description: "Also in the portal's log" }),
});

/** The OpenAPI 3.1 document of the REST table. Sentences are texts here: the door has translated them. */
export function openApiDocument(baseUrl: string): JsonObject {
  const pool = createSchemaPool("#/components/schemas/");
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const endpoint of ENDPOINTS) (paths[endpoint.path] ??= {})[endpoint.method.toLowerCase()] = operationOf(endpoint, pool);
  return {
    openapi: "3.1.0",
    info: {
      title: "Trellis",
      version: "1",
      description:
        "Everything a person can do in the browser. Lists answer `{items, nextCursor}`; failures answer a problem document with a closed `code`.",
    },
    servers: [{ url: `${baseUrl}/api/v1` }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: { Problem: pool.schemaOf(Problem, "output"), ...pool.schemas() },
      responses: {
        Problem: {
          description: "A refusal or failure",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
    },
  };
}

function operationOf(
  { method, path, verb, status, summary, body, idempotent, respond, formats = {} }: Endpoint,
  { schemaOf }: SchemaPool,
): JsonObject {
  const input = schemaOf(verb.input, "input");
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const properties = membersOf(input["properties"]);
  const required = Array.isArray(input["required"]) ? input["required"] : [];
  const inQuery = method === "GET" ? Object.keys(properties).filter((name) => !inPath.includes(name)) : [];
  const parameters: JsonObject[] = [
    ...inPath.map((name) => ({ name, in: "path", required: true, schema: properties[name] ?? { type: "string" } })),
    ...inQuery.map((name) => ({ name, in: "query", required: required.includes(name), schema: properties[name] ?? {} })),
    ...(Object.keys(formats).length === 0
      ? []
      : [{ name: "format", in: "query", required: false, schema: { type: "string", enum: ["json", ...Object.keys(formats)] } }]),
    ...(idempotent ? [{ name: "Idempotency-Key", in: "header", required: false, schema: { type: "string", maxLength: 200 } }] : []),
  ];
  const texts = [...(respond === undefined ? [] : [respond]), ...Object.values(formats).map((one) => one.respond)];
  const content: JsonObject = {
    ...(respond === undefined ? { "application/json": { schema: schemaOf(verb.output, "output") } } : {}),
    ...Object.fromEntries(texts.map(({ mediaType }) => [mediaType, { schema: { type: "string" } }])),
  };
  return {
    operationId: verb.name,
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === "none"
      ? {}
      : {
          requestBody: {
            required: body === "json",
            content: { "application/json": { schema: without(input, [...inPath, "idempotencyKey"]) } },
          },
        }),
    responses: { [status]: { description: "Done", content }, default: { $ref: "#/components/responses/Problem" } },
  };
}

function membersOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function without(schema: JsonObject, names: readonly string[]): JsonObject {
  if (!isObject(schema["properties"])) return schema;
  const properties = Object.fromEntries(Object.entries(schema["properties"]).filter(([name]) => !names.includes(name)));
  const required = Array.isArray(schema["required"])
    ? schema["required"].filter((name) => typeof name !== "string" || !names.includes(name))
    : [];
  return { ...schema, properties, required };
}
