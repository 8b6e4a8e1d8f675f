import { defineConfig } from "prisma/config";

// `generate` never runs the schema engine, but the CLI would download it first; any executable path stops that.
if (process.argv.includes("generate")) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://localhost:1/none" },
});
