import path from "node:path";
import { expect, test } from "@playwright/test";
import { portalClient } from "../test/bench/portal-client.ts";
import { makeRoute, removeRoute } from "./make-route.ts";
import { ownKubeService } from "./own-kube-service.ts";
import { contextOf } from "./personas.ts";

const at = {
  url: process.env.BASE_URL ?? "http://localhost:3000",
  sandboxDir: path.resolve(process.env.TRELLIS_SANDBOX_DIR ?? ".sandbox"),
};
const name = `felt-${Date.now().toString(36)}`;
let takeAway = () => {};
let request: string | null = null;

test.beforeAll(async () => {
  takeAway = ownKubeService(at.sandboxDir, name);
  await makeRoute(at, name, name);
});
test.afterAll(async () => {
  // The cluster serves other journeys: what was asked for it must never be approved.
  if (request !== null) await portalClient(at.url, at.sandboxDir, "payments-lead").post(`/requests/${request}/withdraw`, {});
  await removeRoute(at, name);
  takeAway();
});

test("who would feel it is said before a cluster's deletion is asked for, and to those who decide", async ({ browser }) => {
  const { context, page } = await contextOf(browser, "payments-lead");
  await page.goto("/clusters/team-payments/checkout");
  await page.getByRole("button", { name: "Ask to delete" }).click();
  const dialog = page.getByRole("dialog");
  const felt = dialog.getByRole("list", { name: "Who would feel it" });
  await expect(felt.getByRole("link", { name, exact: true })).toHaveAttribute("href", `/routes/team-payments/${name}`);
  await dialog.getByLabel("Purpose").fill("To see who would feel it; it is withdrawn at once.");
  await dialog.getByLabel(/^Type checkout/).fill("checkout");
  await dialog.getByRole("button", { name: "Ask to delete" }).click();
  await page.waitForURL(/\/requests\/R-\d+$/);
  request = page.url().split("/").at(-1) ?? null;

  const admin = await contextOf(browser, "admin");
  await admin.page.goto(page.url());
  await expect(admin.page.getByRole("button", { name: /^Approve [0-9a-f]{4}/ })).toBeVisible();
  await expect(admin.page.getByRole("list", { name: "Who would feel it" }).getByRole("link", { name, exact: true })).toBeVisible();
  await admin.context.close();
  await context.close();
});
