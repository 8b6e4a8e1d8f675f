import { defineConfig } from "@playwright/test";

const executablePath = process.env.PLAYWRIGHT_CHROMIUM_PATH;
/** Two runs at one time must not empty each other's folder. */
const output = `test-results/${process.env.E2E_OUTPUT ?? "e2e"}`;
const SWEEP = "**/pages.spec.ts";

/** Journeys run against a portal that is already up (scripts/verify.ts starts it on the sandbox); BASE_URL names it. */
export default defineConfig({
  testDir: "e2e",
  outputDir: output,
  projects: [
    { name: "journeys", testIgnore: SWEEP },
    { name: "pages", testMatch: SWEEP },
  ],
  timeout: 240_000,
  expect: { timeout: 45_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"], ["json", { outputFile: `${output}.json` }]],
  use: {
    baseURL: process.env.BASE_URL ?? "http://localhost:3000",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
