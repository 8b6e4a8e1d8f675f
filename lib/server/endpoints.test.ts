import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ENDPOINTS } from "./endpoints.ts";
import { openApiDocument } from "./openapi.ts";

const root = path.resolve(import.meta.dirname, "../..");
const NOT_IN_THE_TABLE = ["app/api/v1/openapi.json/route.ts", "app/api/v1/[...unknown]/route.ts"];

/** `GET /clusters/{namespace}/{name}` as the route files say it: the folder and the exported method must agree with what the handler is told. */
function rowsOfFiles(): string[] {
  return globSync("app/api/v1/**/route.ts", { cwd: root })
    .filter((file) => !NOT_IN_THE_TABLE.includes(file))
    .flatMap((file) => {
      const folder = path
        .dirname(file)
        .replace("app/api/v1", "")
        .replaceAll(/\[(\w+)\]/g, "{$1}");
      const exported = [...readFileSync(path.join(root, file), "utf8").matchAll(/export const (\w+) = runHandler\("(\w+)", "([^"]+)"\)/g)];
      return exported.map(([, method, told, toldPath]) =>
        method === told && folder === toldPath ? `${method} ${folder}` : `${file} says ${told} ${toldPath}`,
      );
    });
}

describe("the REST table", () => {
  it("has exactly the rows that the route files have", () => {
    expect(rowsOfFiles().sort()).toEqual(ENDPOINTS.map(({ method, path: at }) => `${method} ${at}`).sort());
  });

  it("takes every path parameter as an input of its verb", () => {
    for (const { path: at, verb } of ENDPOINTS) {
      const names = [...at.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
      const missing =
        verb.input
          .safeParse(Object.fromEntries(names.map((name) => [name, "x"])))
          .error?.issues.filter(({ code }) => code === "unrecognized_keys") ?? [];
      expect([at, missing]).toEqual([at, []]);
    }
  });

  it("writes commands by POST and reads by GET, except plans, which store nothing", () => {
    for (const { method, verb, path: at } of ENDPOINTS)
      expect([at, method]).toEqual([at, verb.type === "command" || at === "/plans" ? "POST" : "GET"]);
  });

  it("refuses an input that says a path parameter twice, or is no object", () => {
    const approve = ENDPOINTS.find(({ path: at }) => at.endsWith("/approve"));
    const parts = { params: { id: "R-1" }, query: {}, idempotencyKey: null };
    expect(approve?.input({ ...parts, body: { contentHash: "x" } })).toEqual({ id: "R-1", contentHash: "x" });
    expect(() => approve?.input({ ...parts, body: { id: "R-2" } })).toThrow(
      expect.objectContaining({ code: "INVALID", fields: [{ path: "id", key: "input.unknownField" }] }),
    );
    expect(() => approve?.input({ ...parts, body: [] })).toThrow(expect.objectContaining({ code: "INVALID" }));
  });
});

describe("the OpenAPI document", () => {
  const text = JSON.stringify(openApiDocument("http://localhost:3000"));
  const document = JSON.parse(text) as {
    components: Record<string, unknown>;
    paths: Record<
      string,
      Record<
        string,
        {
          operationId: string;
          parameters?: { name: string; in: string }[];
          requestBody?: { content: Record<string, { schema: { properties?: object } }> };
        }
      >
    >;
  };

  it("names every row once", () => {
    const operations = Object.entries(document.paths).flatMap(([at, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({ row: `${method.toUpperCase()} ${at}`, operationId })),
    );
    expect(operations.map(({ row }) => row).sort()).toEqual(ENDPOINTS.map(({ method, path: at }) => `${method} ${at}`).sort());
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it("declares every reference it uses, and no internal message shape", () => {
    const used = new Set([...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)].map((match) => `${match[1]}/${match[2]}`));
    const declared = (place: string, name: string) => JSON.stringify(document.components[place]).includes(`"${name}":`);
    expect([...used].filter((reference) => !declared(...(reference.split("/") as [string, string])))).toEqual([]);
    expect(text.includes("messageKey")).toBe(false);
    expect(text.includes("$defs")).toBe(false);
  });

  it("shows path and query parameters, and leaves them out of the body", () => {
    const approve = document.paths["/requests/{id}/approve"]?.["post"];
    expect(approve?.parameters).toMatchObject([{ name: "id", in: "path" }]);
    expect(Object.keys(approve?.requestBody?.content["application/json"]?.schema.properties ?? {})).toEqual(["contentHash", "comment"]);
    expect(document.paths["/clusters"]?.["get"]?.parameters?.map(({ name, in: where }) => `${where} ${name}`)).toEqual([
      "query team",
      "query q",
      "query state",
      "query sort",
      "query cursor",
      "query limit",
    ]);
  });
});
