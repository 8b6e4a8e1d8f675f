import { diffMigrationsToSchema } from "./schema-engine.ts";

// Exit 0: the migrations build exactly the schema. Exit 2: they do not, and the difference is printed.
const { exitCode, stdout } = await diffMigrationsToSchema("words");
console.log(
  exitCode === 0
    ? "The migrations build the schema."
    : `The migrations do not build prisma/schema.prisma. Run: npm run migration -- <name>\n${stdout ?? ""}`,
);
process.exitCode = exitCode;
