import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { z } from "zod";
import { portalClient, RequestAnswer, submitCluster } from "../test/bench/portal-client.ts";
import { contextOf } from "./personas.ts";

const BASE_URL = process.env.BASE_URL ?? "http://localhost:3000";
const cluster = `map-${Date.now().toString(36)}`;
const View = z.looseObject({ nodes: z.array(z.looseObject({ id: z.string(), kind: z.string(), name: z.string() })) });

/** One cluster that is certainly there: everything else on the map is what the sandbox holds. */
test.beforeAll(async () => {
  const sandboxDir = path.resolve(process.env.TRELLIS_SANDBOX_DIR ?? ".sandbox");
  const developer = portalClient(BASE_URL, sandboxDir, "payments-dev");
  const asked = await submitCluster(developer, cluster);
  await portalClient(BASE_URL, sandboxDir, "admin").post(`/requests/${asked.id}/approve`, { contentHash: asked.contentHash });
  await expect
    .poll(async () => RequestAnswer.parse(await developer.get(`/requests/${asked.id}`)).state, { timeout: 60_000 })
    .toBe("delivered");
  const names = async () => View.parse(await developer.get("/topology")).nodes.map(({ name }) => name);
  await expect.poll(names, { timeout: 30_000 }).toContain(cluster);
});

test("a person finds a thing on the map, selects it, sees its path alone, and takes the picture away", async ({ browser }) => {
  const { context, page } = await contextOf(browser, "payments-dev", { baseURL: BASE_URL, viewport: { width: 1440, height: 900 } });
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  await page.goto("/topology");
  const map = page.getByRole("group", { name: /Map of accounts/ });
  await expect(map).toBeVisible();

  await test.step("find and select", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type(cluster);
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: cluster });
    await expect(panel).toBeVisible();
    await expect(panel.getByRole("link", { name: "Open cluster" })).toHaveAttribute("href", `/clusters/team-payments/${cluster}`);
    await expect(panel.getByText(/No route is served from here\./)).toBeVisible();
    await expect(page).toHaveURL(/select=/);
    await expect(map.locator("button[aria-pressed=true]").first()).toBeInViewport();
  });
  await test.step("only its path, by the key and by the address", async () => {
    await page.getByRole("heading", { name: cluster }).click();
    await page.keyboard.press("p");
    await expect(page).toHaveURL(/only=1/);
    await page.reload();
    await expect(page.getByRole("button", { name: `Path of ${cluster}` })).toHaveAttribute("aria-pressed", "true");
  });
  await test.step("arrows move, Escape clears", async () => {
    const chosen = map.locator(`button[aria-pressed=true]`).first();
    await chosen.focus();
    await page.keyboard.press("ArrowDown");
    await expect(map.locator("button:focus")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/select=/);
  });
  await test.step("four kinds of file", async () => {
    for (const [item, ending] of [
      ["Picture (SVG)", ".svg"],
      ["Picture (PNG)", ".png"],
      ["Mermaid text", ".mmd"],
      ["Data (JSON)", ".json"],
    ] as const) {
      await page.getByRole("button", { name: "Export" }).click();
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: item }).click()]);
      expect(download.suggestedFilename().endsWith(ending)).toBe(true);
    }
  });
  expect(refused).toEqual([]);
  const axe = await new AxeBuilder({ page }).analyze();
  expect(axe.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
  await context.close();
});

test("the table says what the map draws, and a link to a filter opens it", async ({ browser }) => {
  const { context, page } = await contextOf(browser, "payments-dev", { baseURL: BASE_URL, locale: "ja-JP" });
  await context.addCookies([{ name: "trellis-locale", value: "ja", url: BASE_URL }]);
  await page.goto("/topology?team=payments&view=table");
  const table = page.getByRole("table");
  await expect(table.getByRole("link", { name: cluster })).toHaveAttribute("href", `/clusters/team-payments/${cluster}`);
  await expect(page.getByLabel("チーム")).toHaveValue("payments");
  await expect(page.getByRole("button", { name: "図" })).toHaveAttribute("aria-pressed", "false");
  const axe = await new AxeBuilder({ page }).analyze();
  expect(axe.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
  await context.close();
});

test("on a phone the table comes first and the map is one button away", async ({ browser }) => {
  const { context, page } = await contextOf(browser, "payments-dev", { baseURL: BASE_URL, viewport: { width: 390, height: 844 } });
  await page.goto("/topology");
  await expect(page.getByRole("table")).toBeVisible();
  await page.getByRole("button", { name: "Map", exact: true }).click();
  await expect(page.getByRole("group", { name: /Map of accounts/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  await context.close();
});

test("a browser that starts no worker draws the map all the same", async ({ browser }) => {
  const { context, page } = await contextOf(browser, "payments-dev", { baseURL: BASE_URL });
  await page.addInitScript(() => {
    const noWorker = () => {
      throw new Error("no workers in this browser");
    };
    Object.defineProperty(window, "Worker", { value: new Proxy(Worker, { construct: noWorker }) });
  });
  await page.goto(`/topology?team=payments`);
  const map = page.getByRole("group", { name: /Map of accounts/ });
  await expect(map.locator("button[data-node]").first()).toBeVisible();
  await context.close();
});

test("the legend of the map stands above the fold, whatever notice stands over the page", async ({ browser }) => {
  const { context, page } = await contextOf(browser, "viewer", { baseURL: BASE_URL, viewport: { width: 1440, height: 900 } });
  await page.goto("/topology");
  await expect(page.getByText("served from", { exact: true })).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight)).toBe(0);
  await context.close();
});

test("the wall stands alone, says the time and the age of its data, stops for Space and ends for Escape", async ({ browser }) => {
  const { context, page } = await contextOf(browser, "viewer", {
    baseURL: BASE_URL,
    viewport: { width: 1920, height: 1080 },
    reducedMotion: "reduce",
  });
  await page.goto("/topology");
  await expect(page.getByRole("group", { name: /Map of accounts/ })).toBeVisible();
  await page.keyboard.press("w");
  await expect(page).toHaveURL(/wall/);
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.locator("[data-wall] time").last()).toBeVisible();
  await expect(page.locator("[data-wall]")).toContainText(/data/);
  await page.keyboard.press(" ");
  await expect(page.getByRole("button", { name: "Pause" })).toHaveAttribute("aria-pressed", "true");
  const axe = await new AxeBuilder({ page }).analyze();
  expect(axe.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await context.close();
});

test("what the browser reads again later arrives compressed: a map of a fleet is hundreds of kilobytes", async ({ browser }) => {
  const { context, page } = await contextOf(browser, "viewer", { baseURL: BASE_URL });
  const answer = await page.request.get("/api/v1/topology");
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-encoding"]).toBe("gzip");
  await context.close();
});
