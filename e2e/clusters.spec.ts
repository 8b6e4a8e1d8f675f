import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { contextOf, type Persona } from "./personas.ts";

// One cluster's life, in the order it is lived: each test goes on where the one before stopped.
test.describe.configure({ mode: "serial" });

const name = `journey-${Date.now().toString(36)}`;
const pages = new Map<Persona, Page>();
let requestUrl = "";

async function as(browser: Browser, persona: Persona): Promise<Page> {
  const known = pages.get(persona);
  if (known !== undefined) return known;
  const { page } = await contextOf(browser, persona);
  pages.set(persona, page);
  return page;
}

test.afterAll(async () => {
  for (const page of pages.values()) await page.context().close();
});

test("a developer asks for a cluster and sees its plan while she types", async ({ browser }) => {
  const page = await as(browser, "payments-dev");
  await page.goto("/clusters/new");
  await page.getByRole("group", { name: "Do the workloads need their own node types?" }).getByRole("button", { name: "Yes" }).click();
  for (const question of [
    "Do they need their own upgrade window?",
    "Does a rule demand isolation?",
    "Must they run in their own AWS account?",
  ]) {
    await page.getByRole("group", { name: question }).getByRole("button", { name: "No" }).click();
  }
  await expect(page.getByText("A cluster of your own fits.")).toBeVisible();
  await page.getByRole("radio", { name: /eks-standard/i }).check();
  await page.getByLabel("Name", { exact: true }).first().fill("Not_A_Name");
  await page.getByLabel("Purpose").fill("Payments needs its own node types for the autumn sale.");
  await expect(page.getByLabel("Name", { exact: true }).first()).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Name", { exact: true }).first().fill(name);
  await expect(page.getByText("Dry run passed")).toBeVisible();
  await expect(page.getByText("Free in the portal and on every management cluster")).toBeVisible();
  await page.getByRole("button", { name: /Send for approval/ }).click();
  await page.waitForURL(/\/requests\/R-\d+$/);
  requestUrl = page.url();
  await expect(page.getByRole("button", { name: /^Approve/ })).toHaveAttribute("aria-disabled", "true");
});

test("another team sees nothing of it", async ({ browser }) => {
  const page = await as(browser, "shop-dev");
  await page.goto(requestUrl);
  await expect(page.getByText("No such request")).toBeVisible();
  await page.goto("/requests/R-999999");
  await expect(page.getByText("No such request")).toBeVisible();
  await page.goto("/clusters");
  await expect(page.getByText(name)).toHaveCount(0);
});

test("an admin finds it in the inbox, comments, and approves exactly that content", async ({ browser }) => {
  const page = await as(browser, "admin");
  await page.goto("/approvals");
  await page
    .getByRole("link", { name: new RegExp(name) })
    .first()
    .click();
  await page.waitForURL(requestUrl);
  await expect(page.getByText("Payments needs its own node types for the autumn sale.")).toBeVisible();
  await page.getByLabel("Write a comment").fill("The quota of the account was checked.");
  await page.getByRole("button", { name: "Add the comment" }).click();
  await expect(page.getByText("The quota of the account was checked.").first()).toBeVisible();
  await page.getByRole("button", { name: /^Approve [0-9a-f]{4}/ }).click();
  await expect(page.locator("#main [role=status]").first()).toContainText(/^(Approved|Delivering|Delivered)/);
});

test("the requester sees it become ready without reloading", async ({ browser }) => {
  const page = await as(browser, "payments-dev");
  await page.goto(`/clusters/team-payments/${name}`);
  await page.evaluate(() => Object.assign(globalThis, { neverReloaded: true }));
  const sentence = page.locator("#main [role=status]").first();
  await expect(sentence).toContainText(/Creating/, { timeout: 30_000 });
  await expect(sentence).toContainText(/^Ready/, { timeout: 200_000 });
  expect(await page.evaluate(() => "neverReloaded" in globalThis)).toBe(true);
});

test("she downloads a kubeconfig without a secret and kubectl works with it", async ({ browser }) => {
  const page = await as(browser, "payments-dev");
  await page.getByRole("button", { name: "Connect" }).click();
  const downloading = page.waitForEvent("download");
  await page
    .getByRole("link", { name: "Download the kubeconfig" })
    .or(page.getByRole("button", { name: "Download the kubeconfig" }))
    .click();
  const file = path.join(mkdtempSync(path.join(tmpdir(), "kubeconfig-")), "config");
  await (await downloading).saveAs(file);
  const text = readFileSync(file, "utf8");
  expect(text).toContain("get-token");
  expect(text).not.toMatch(/token:|client-key-data|password/);
  const bin = path.join(process.env.TRELLIS_SANDBOX_DIR ?? ".sandbox", "bin");
  const nodes = execFileSync("kubectl", ["get", "nodes"], {
    encoding: "utf8",
    env: { ...process.env, KUBECONFIG: file, PATH: `${path.resolve(bin)}:${process.env.PATH ?? ""}` },
  });
  expect(nodes).toMatch(/Ready/);
  await page.keyboard.press("Escape");
});

test("a lead asks to delete it, an admin approves, and it goes", async ({ browser }) => {
  const lead = await as(browser, "payments-lead");
  await lead.goto(`/clusters/team-payments/${name}`);
  await lead.getByRole("button", { name: "Ask to delete" }).click();
  const dialog = lead.getByRole("dialog");
  await dialog.getByLabel("Purpose").fill("The sale is over and nothing runs here any more.");
  await dialog.getByLabel(new RegExp(`Type ${name}`)).fill(name);
  await dialog.getByRole("button", { name: "Ask to delete" }).click();
  await lead.waitForURL(/\/requests\/R-\d+$/);
  const requested = lead.url();
  await lead.goto(`/clusters/team-payments/${name}`);
  await expect(lead.locator("#main [role=status]").first()).toContainText(/^Ready/);
  const admin = await as(browser, "admin");
  await admin.goto(requested);
  await admin.getByRole("button", { name: /^Approve [0-9a-f]{4}/ }).click();
  await expect(lead.locator("#main [role=status]").first()).toContainText(/Deleting/, { timeout: 30_000 });
  await expect(lead.getByText(/This cluster is gone/)).toBeVisible({ timeout: 200_000 });
  await expect(admin.locator("#main [role=status]").first()).toContainText(/^Delivered/);
});

test("the audit tells who asked, who approved which hash and what was applied, and verifies", async ({ browser }) => {
  const page = await as(browser, "admin");
  await page.goto("/audit");
  await expect(page.getByText("Priya Dev").first()).toBeVisible();
  await expect(page.getByText(new RegExp(`team-payments/${name}|R-\\d+`)).first()).toBeVisible();
  await page.getByRole("button", { name: "Verify the chain" }).click();
  await expect(page.getByText(/the chain is whole/)).toBeVisible();
});
