import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { makeRoute, removeRoute } from "./make-route.ts";
import { ownKubeService } from "./own-kube-service.ts";
import { contextOf, type Persona } from "./personas.ts";

// One reader's way through the directory: each test goes on where the one before stopped.
test.describe.configure({ mode: "serial" });

const BASE_URL = process.env.BASE_URL ?? "http://localhost:3000";
const at = { url: BASE_URL, sandboxDir: path.resolve(process.env.TRELLIS_SANDBOX_DIR ?? ".sandbox") };
let takeAway = () => {};
const name = `found-${Date.now().toString(36)}`;
const entry = `/directory/team-payments/${name}`;
const pages = new Map<Persona, Page>();
let requestUrl = "";

async function as(browser: Browser, persona: Persona): Promise<Page> {
  const known = pages.get(persona);
  if (known !== undefined) return known;
  const { page } = await contextOf(browser, persona, { permissions: ["clipboard-read", "clipboard-write"] });
  pages.set(persona, page);
  return page;
}

async function expectSound(page: Page): Promise<void> {
  for (const locale of ["ja", "en"]) {
    await page.context().addCookies([{ name: "trellis-locale", value: locale, url: BASE_URL }]);
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    await expect(page.locator("#main h1").first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
  }
}

test.beforeAll(async () => {
  takeAway = ownKubeService(at.sandboxDir, name);
  await makeRoute(at, name, name);
});

test.afterAll(async () => {
  for (const page of pages.values()) await page.context().close();
  await removeRoute(at, name);
  takeAway();
});

test("a developer of another team finds the service in the directory", async ({ browser }) => {
  const page = await as(browser, "shop-dev");
  await page.goto("/");
  await page.getByRole("link", { name: "Directory" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Directory" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search the directory" }).fill(name);
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=/);
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row).toContainText("payments");
  await expect(row).toContainText("own-cluster of payments");
  await expectSound(page);
  await page.getByRole("combobox", { name: /^Protocol/ }).selectOption("tls");
  await page.waitForURL(/protocol=tls/);
  await expect(row).toHaveCount(0);
  await page.getByRole("combobox", { name: /^Protocol/ }).selectOption("http");
  await page.waitForURL(/protocol=http/);
  await page.getByRole("combobox", { name: /^Network/ }).selectOption("net-prod");
  await page.waitForURL(/network=net-prod/);
  await expect(row).toContainText("HTTP");
  await page.getByRole("link", { name }).click();
  await page.waitForURL(new RegExp(`${entry}$`));
});

test("she reads how to call it, in the order in which she would stumble, and copies the call", async ({ browser }) => {
  const page = await as(browser, "shop-dev");
  const steps = page.locator("#how-to-call li");
  await expect(steps).toHaveCount(5);
  await expect(steps.nth(0)).toContainText("Join the network");
  await expect(steps.nth(1)).toContainText(/com\.amazonaws\.[a-z0-9-]+\.vpc-lattice/);
  await page.getByRole("tab", { name: "Python" }).click();
  await expect(page.getByRole("region", { name: "The call in Python" })).toContainText(".vpc-lattice-svcs.");
  await page.getByRole("tab", { name: "curl" }).click();
  const call = page.getByRole("region", { name: "The call in curl" });
  await page.getByRole("tabpanel").getByRole("button", { name: "Copy" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe((await call.textContent())?.trim());
  await expect(page.getByRole("heading", { name: "Access logs" })).toHaveCount(0);
  await expectSound(page);
});

test("she asks to call it, and the owner's lead finds that in the inbox", async ({ browser }) => {
  const page = await as(browser, "shop-dev");
  await page.getByRole("button", { name: "Ask to call it" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name of the caller").fill("cart");
  await dialog.getByLabel("Cluster", { exact: true }).selectOption("team-shop/storefront");
  await dialog.getByLabel("Purpose").fill("The cart shows the ledger of a customer.");
  await dialog.getByRole("button", { name: "Send the request" }).click();
  await page.waitForURL(/\/requests\/R-\d+$/);
  requestUrl = page.url();
  const lead = await as(browser, "payments-lead");
  await lead.goto("/approvals");
  await lead
    .getByRole("row", { name: new RegExp(requestUrl.slice(requestUrl.lastIndexOf("/") + 1)) })
    .getByRole("link")
    .first()
    .click();
  await lead.waitForURL(requestUrl);
  await expect(lead.getByRole("button", { name: /^Approve/ })).toBeVisible();
});

test("a viewer reads the same and may not ask; what is not hers is not there", async ({ browser }) => {
  const page = await as(browser, "viewer");
  await page.goto(entry);
  await expect(page.locator("#how-to-call li")).toHaveCount(5);
  await expect(page.getByRole("button", { name: "Ask to call it" })).toHaveAttribute("aria-disabled", "true");
  for (const address of ["/directory/team-payments/nothing-here", "/directory/aws.123456789012/nothing-here"]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1, name: "No such service" })).toBeVisible();
  }
});
