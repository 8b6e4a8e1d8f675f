import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type * as EngineExports from "@prisma/schema-engine-wasm";
import type { DiffResult, DiffTarget, MigrationList, SchemaEngine, SchemasContainer } from "@prisma/schema-engine-wasm";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { z } from "zod";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
export const schemaFile = path.join(root, "prisma", "schema.prisma");
export const migrationsDir = path.join(root, "prisma", "migrations");
const filters = { externalTables: [], externalEnums: [] };

/** What the migrations make of an empty database against what the schema wants. Triggers, functions, CHECKs and partial indexes are not compared. */
export async function diffMigrationsToSchema(output: "script" | "words"): Promise<DiffResult> {
  const schema = readSchema();
  const from: DiffTarget = readMigrationNames().length === 0 ? { tag: "empty" } : { tag: "migrations", ...readMigrations() };
  return withEngine(schema, (engine) =>
    engine.diff({ from, to: { tag: "schemaDatamodel", ...schema }, script: output === "script", exitCode: true, filters }),
  );
}

export function readMigrationNames(): readonly string[] {
  if (!existsSync(migrationsDir)) return [];
  return readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function readSchema(): SchemasContainer {
  return { files: [{ path: schemaFile, content: readFileSync(schemaFile, "utf8") }] };
}

function readMigrations(): MigrationList {
  const migrationDirectories = readMigrationNames().map((name) => ({
    path: name,
    migrationFile: {
      path: "migration.sql",
      content: { tag: "ok" as const, value: readFileSync(path.join(migrationsDir, name, "migration.sql"), "utf8") },
    },
  }));
  const lockfile = path.join(migrationsDir, "migration_lock.toml");
  return {
    baseDir: migrationsDir,
    lockfile: { path: "migration_lock.toml", content: existsSync(lockfile) ? readFileSync(lockfile, "utf8") : null },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}

/** Only ever against an empty PGlite in memory: with a real database the engine takes the main database for its shadow. */
async function withEngine<T>(schema: SchemasContainer, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine: Engine } = await loadWasm();
  const pglite = new PGlite();
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(pglite));
  const engine = await Engine.new({ datamodels: schema.files.map(({ path: file, content }) => [file, content]) }, () => undefined, factory);
  try {
    return await use(engine);
  } finally {
    engine.free();
    await pglite.close();
  }
}

async function loadWasm(): Promise<typeof EngineExports> {
  const folder = path.dirname(fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm")));
  const background = asEngineModule(await import(path.join(folder, "schema_engine_bg.js")));
  const { instance } = await WebAssembly.instantiate(readFileSync(path.join(folder, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": background,
  });
  background.__wbg_set_wasm(instance.exports);
  z.object({ __wbindgen_start: z.custom<() => void>((value) => typeof value === "function") })
    .parse(instance.exports)
    .__wbindgen_start();
  return background;
}

type EngineModule = typeof EngineExports & { readonly __wbg_set_wasm: (exports: WebAssembly.Exports) => void };

// Safe: the package's own entry file re-exports this module under the published types; the setter is looked for.
function asEngineModule(loaded: unknown): EngineModule {
  z.looseObject({ SchemaEngine: z.unknown(), __wbg_set_wasm: z.custom((value) => typeof value === "function") }).parse(loaded);
  return loaded as EngineModule;
}
