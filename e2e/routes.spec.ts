import { execFileSync } from "node:child_process";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { contextOf, type Persona } from "./personas.ts";

// One route's life, in the order it is lived: each test goes on where the one before stopped.
test.describe.configure({ mode: "serial" });

const name = `orders-${Date.now().toString(36)}`;
const route = `/routes/team-payments/${name}`;
const pages = new Map<Persona, Page>();
let requestUrl = "";

async function as(browser: Browser, persona: Persona): Promise<Page> {
  const known = pages.get(persona);
  if (known !== undefined) return known;
  const { page } = await contextOf(browser, persona);
  pages.set(persona, page);
  return page;
}

const sentence = (page: Page) => page.locator("#main [role=status]").first();

/** Fills one slot of a request. */
async function approve(browser: Browser, persona: Persona, url: string): Promise<void> {
  const page = await as(browser, persona);
  await page.goto(url);
  const decisions = page.getByText(/ approved revision \d+$/);
  await expect(page.getByRole("list", { name: "Approvals" })).toBeVisible();
  const before = await decisions.count();
  await page.getByRole("button", { name: /^Approve [0-9a-f]{4}/ }).click();
  await expect(decisions).toHaveCount(before + 1);
}

/** The lead of the owner decides first, then a platform admin; then it is delivered. */
async function approveAndDeliver(browser: Browser, url: string): Promise<void> {
  await approve(browser, "payments-lead", url);
  await approve(browser, "admin", url);
  await expect(sentence(await as(browser, "admin"))).toContainText(/^Delivered/, { timeout: 200_000 });
}

function fault(...words: readonly string[]): void {
  execFileSync("node", ["sandbox/cli.ts", "fault", ...words], { stdio: "ignore" });
}

test.afterAll(async () => {
  fault("clear");
  for (const page of pages.values()) await page.context().close();
});

test("a developer publishes two kubeServices under one name and tries a call before she sends", async ({ browser }) => {
  const page = await as(browser, "payments-dev");
  await page.goto("/routes/new");
  const one = page.getByRole("group", { name: "Side 1" });
  await one.getByLabel("Cluster").selectOption("team-payments/checkout");
  await one.getByLabel("kubeService").selectOption("payments/orders");
  await expect(one.getByText(/pods ready/)).toBeVisible();
  await page.getByRole("button", { name: "Add another side" }).click();
  const two = page.getByRole("group", { name: "Side 2" });
  await two.getByLabel("Cluster").selectOption("team-payments/checkout");
  await two.getByLabel("kubeService").selectOption("payments/orders-next");
  await page.getByLabel("Purpose").fill("The storefront reads orders from its own cluster.");
  await page.getByLabel("Route name").fill(name);
  await page.getByLabel("Path of rule 1").fill("/v1/");
  await page.getByLabel("Weight of orders in checkout, rule 1").fill("90");
  await page.getByLabel("Weight of orders-next in checkout, rule 1").fill("10");

  await page.getByRole("button", { name: "Add a rule" }).click();
  await page.getByLabel("How rule 2 compares the path").selectOption("exact");
  await page.getByLabel("Path of rule 2").fill("/status");
  await page.getByLabel("Path of rule 2").press("Alt+ArrowUp");
  await expect(page.getByText("Moved: rule 1 of 2")).toBeAttached();
  await expect(page.getByLabel("Path of rule 1")).toHaveValue("/status");
  await expect(page.getByLabel("Path of rule 1")).toBeFocused();
  await page.getByLabel("Try a call").fill("GET /v1/orders/4711");
  await expect(page.getByText("Rule 2 answers.")).toBeVisible();
  await page.getByLabel("Try a call").fill("GET /nothing");
  await expect(page.getByText(/No rule|404/).last()).toBeVisible();

  const caller = page.getByRole("group", { name: "Caller 1" });
  await caller.getByLabel("Team").selectOption("payments");
  await caller.getByLabel("Name of the caller").fill("own");
  await caller.getByLabel("Cluster", { exact: true }).selectOption("team-payments/checkout");
  const plan = page.getByRole("region", { name: "Plan" });
  await expect(plan.getByText(/\d+ of \d+ green/)).toBeVisible();
  await expect(plan.getByText("mgmt-local/team-payments/checkout").first()).toBeVisible();
  await page.getByRole("button", { name: /Send for approval/ }).click();
  await page.waitForURL(/\/requests\/R-\d+$/);
  requestUrl = page.url();
  await expect(page.getByRole("button", { name: /^Approve/ })).toHaveAttribute("aria-disabled", "true");
});

test("the lead decides first, then the platform; until then nobody else can", async ({ browser }) => {
  const admin = await as(browser, "admin");
  await admin.goto(requestUrl);
  await expect(admin.getByRole("button", { name: /^Approve/ })).toHaveAttribute("aria-disabled", "true");
  await approve(browser, "payments-lead", requestUrl);
  await approve(browser, "admin", requestUrl);
});

test("it becomes healthy under a name of its own without reloading, each hop proven", async ({ browser }) => {
  const page = await as(browser, "payments-dev");
  await page.goto(route);
  await page.evaluate(() => Object.assign(globalThis, { neverReloaded: true }));
  await expect(sentence(page)).toContainText(/^Healthy/, { timeout: 200_000 });
  await expect(page.getByText(/\.vpc-lattice-svcs/).first()).toBeVisible();
  await expect(page.getByRole("list", { name: "Proof" })).toContainText("authType");
  expect(await page.evaluate(() => "neverReloaded" in globalThis)).toBe(true);
});

test("another team finds it, sees what the organisation may see, and asks to call it", async ({ browser }) => {
  const page = await as(browser, "shop-dev");
  await page.goto("/routes");
  await page.getByRole("link", { name }).click();
  await page.waitForURL(new RegExp(`${route}$`));
  await expect(page.getByText("You see what the organisation may see", { exact: false })).toBeVisible();
  await expect(page.getByRole("link", { name: "YAML" })).toHaveCount(0);
  await page.getByRole("button", { name: "Ask to call it" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name of the caller").fill("cart");
  await dialog.getByLabel("Cluster", { exact: true }).selectOption("team-shop/storefront");
  await dialog.getByRole("button", { name: "GET", exact: true }).click();
  await dialog.getByLabel("Paths").fill("/v1/*");
  await dialog.getByLabel("Purpose").fill("The cart shows the orders of a customer.");
  await dialog.getByRole("button", { name: "Send the request" }).click();
  await page.waitForURL(/\/requests\/R-\d+$/);
  requestUrl = page.url();
  await expect(page.getByRole("heading", { name: "What was asked" })).toBeVisible();
  await expect(page.getByText("HTTPRoute")).toHaveCount(0);
  await approveAndDeliver(browser, requestUrl);
  const owner = await as(browser, "payments-dev");
  await owner.goto(route);
  await expect(owner.getByRole("list", { name: "Consumers" })).toContainText("cart");
});

test("she shifts half of the calls and goes back to an earlier version", async ({ browser }) => {
  const page = await as(browser, "payments-dev");
  await page.goto(route);
  const rule = page.getByRole("group", { name: "Rule 2" });
  await rule.getByRole("button", { name: "50%" }).click();
  await rule.getByRole("button", { name: "Ask for this shift" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Purpose").fill("The new version has answered well for a day.");
  await dialog.getByRole("button", { name: /Send for approval/ }).click();
  await page.waitForURL(/\/requests\/R-\d+$/);
  await approveAndDeliver(browser, page.url());
  await page.goto(route);
  await expect(page.getByText("50 / 50")).toBeVisible();

  await page.getByRole("link", { name: /^Versions/ }).click();
  await page.getByRole("link", { name: "Return to this version" }).first().click();
  await expect(page.getByLabel("Weight of orders in checkout, rule 2")).toHaveValue("90");
  await page.getByLabel("Purpose").fill("Back to where the weights were before the shift.");
  await page.getByRole("button", { name: /Send for approval/ }).click();
  await page.waitForURL(/\/requests\/R-\d+$/);
  await approveAndDeliver(browser, page.url());
  await page.goto(route);
  await expect(page.getByText("90 / 10")).toHaveCount(2);
});

test("the page says when targets stop answering, in Lattice's terms and with who must act", async ({ browser }) => {
  const page = await as(browser, "payments-dev");
  await page.goto(route);
  fault("set", "targets-unhealthy", `team-payments/${name}`);
  await expect(sentence(page)).toContainText(/^Down/, { timeout: 200_000 });
  await expect(page.getByText("Who must act").first()).toBeVisible();
  await page.getByRole("group", { name: "Rule 2" }).getByRole("button", { name: "50%" }).click();
  await page.getByRole("group", { name: "Rule 2" }).getByRole("button", { name: "Ask for this shift" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("orders-next has no healthy target.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /Send for approval/ })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");
  fault("clear", "targets-unhealthy");
  await expect(sentence(page)).toContainText(/^Healthy/, { timeout: 200_000 });
});

test("she sees who would feel it, and it goes in the safe order", async ({ browser }) => {
  const page = await as(browser, "payments-dev");
  await page.goto(route);
  await page.getByRole("button", { name: "Ask to delete" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Who would feel it", { exact: true })).toBeVisible();
  await expect(dialog.getByRole("listitem").filter({ hasText: /^cart/ })).toBeVisible();
  await dialog.getByLabel("Purpose").fill("The storefront reads orders by another way now.");
  await dialog.getByLabel(new RegExp(`Type ${name}`)).fill(name);
  await dialog.getByRole("button", { name: "Ask to delete" }).click();
  await page.waitForURL(/\/requests\/R-\d+$/);
  const requested = page.url();
  await page.goto(route);
  await approve(browser, "payments-lead", requested);
  await expect(page.getByText(/This route is gone/)).toBeVisible({ timeout: 200_000 });
  const lead = await as(browser, "payments-lead");
  await expect(sentence(lead)).toContainText(/^Delivered/, { timeout: 200_000 });
});
