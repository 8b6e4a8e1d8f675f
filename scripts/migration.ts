import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { diffMigrationsToSchema, migrationsDir, readMigrationNames } from "./schema-engine.ts";

// npm run migration -- <name>: writes the next migration from the difference between the migrations and the schema.
const name = process.argv[2] ?? "";
if (!/^[a-z][a-z0-9_]{2,40}$/.test(name)) {
  console.error("Give the migration a name of small letters, digits and underscores: npm run migration -- add_teams");
  process.exit(1);
}
const { exitCode, stdout } = await diffMigrationsToSchema("script");
if (exitCode === 0 || stdout === null) {
  console.log("Nothing to do: the migrations build the schema.");
} else {
  const number = String(readMigrationNames().length + 1).padStart(4, "0");
  const folder = path.join(migrationsDir, `${number}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(migrationsDir, "migration_lock.toml"), 'provider = "postgresql"\n');
  writeFileSync(path.join(folder, "migration.sql"), stdout);
  console.log(
    `Wrote ${path.relative(process.cwd(), folder)}/migration.sql. Triggers, functions and CHECKs are yours to add, each with a test.`,
  );
}
