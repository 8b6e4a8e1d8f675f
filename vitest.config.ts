import { defineConfig } from "vitest/config";

const exclude = ["**/node_modules/**", "**/.next/**", "**/.sandbox*/**"];

/** `unit` needs nothing and runs in seconds; `database` runs on PGlite and, with TEST_DATABASE_URL, on PostgreSQL; `sandbox` needs the real API server. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "lib/**/*.test.ts",
            "components/**/*.test.{ts,tsx}",
            "test/**/*.test.ts",
            "scripts/**/*.test.ts",
            "sandbox/lattice/**/*.test.ts",
          ],
          exclude: [
            ...exclude,
            "lib/adapters/database/**",
            "lib/services/**/*.test.ts",
            "lib/workers/**",
            "test/delivery/**",
            "test/rights-matrix*",
          ],
        },
      },
      {
        test: {
          name: "database",
          include: [
            "lib/adapters/database/**/*.test.ts",
            "lib/services/**/*.test.ts",
            "lib/workers/**/*.test.ts",
            "test/rights-matrix*.test.ts",
          ],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "sandbox",
          include: ["sandbox/**/*.test.ts", "test/delivery/**/*.test.ts"],
          exclude: [...exclude, "sandbox/lattice/**"],
          globalSetup: ["sandbox/testing/global-setup.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
