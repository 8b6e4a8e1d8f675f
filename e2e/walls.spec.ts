import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { contextOf } from "./personas.ts";

const BASE_URL = process.env.BASE_URL ?? "http://localhost:3000";
const name = `Lobby ${Date.now().toString(36)}`;

async function expectAxeClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
}

test("an admin hangs the map on a wall: the link opens once, shows nothing but the map, and goes dark when it is revoked", async ({
  browser,
}) => {
  const { context, page: admin } = await contextOf(browser, "admin");
  const screen = await browser.newContext({ baseURL: BASE_URL, viewport: { width: 1920, height: 1080 } });
  const other = await browser.newContext({ baseURL: BASE_URL });

  const url = await test.step("the link is made, and its address shown once", async () => {
    await admin.goto("/settings/walls");
    await admin.getByRole("button", { name: "Make a wall link" }).click();
    await admin.getByRole("dialog").getByLabel("Where the screen hangs").fill(name);
    await admin.getByRole("dialog").getByRole("button", { name: "Make the link" }).click();
    const dialog = admin.getByRole("dialog", { name: "Open this address on the screen" });
    const address = (await dialog.locator("code").textContent()) ?? "";
    expect(address).toContain("/wall#");
    await expectAxeClean(admin);
    await dialog.getByRole("button", { name: "Close" }).click();
    await expect(admin.getByRole("row", { name: new RegExp(name) })).toContainText("Not opened yet");
    return address;
  });
  const token = url.split("#")[1] ?? "";
  expect(token.length).toBeGreaterThan(20);
  const wall = await screen.newPage();

  await test.step("the screen shows the map, and the token is gone from its address", async () => {
    await wall.goto(url);
    await wall.waitForURL(/\/topology\?/);
    await expect(wall.locator("[data-wall]")).toBeVisible();
    await expect(wall.getByRole("group", { name: /Map of accounts/ })).toBeVisible();
    expect(wall.url()).not.toContain(token);
    await expect(wall.getByRole("navigation", { name: "Main" })).toHaveCount(0);
    await expectAxeClean(wall);
    const visited = await wall.evaluate(() => performance.getEntriesByType("resource").map(({ name: at }) => at));
    expect(visited.filter((at) => at.includes(token))).toEqual([]);
  });
  await test.step("every other page and door is closed to it", async () => {
    for (const path of ["/", "/clusters", "/directory", "/settings/walls"]) {
      const answer = await wall.request.get(path, { maxRedirects: 0 });
      expect([path, answer.status() >= 300 && answer.status() < 500]).toEqual([path, true]);
      expect(await answer.text()).not.toContain("Payments");
    }
    for (const path of ["/api/v1/clusters", "/api/v1/routes", "/api/v1/requests"])
      expect([401, 403]).toContain((await wall.request.get(path)).status());
    expect((await wall.request.get("/api/v1/topology")).status()).toBe(200);
  });
  await test.step("the address opens no second browser", async () => {
    const second = await other.newPage();
    await second.goto(url);
    await expect(second.getByText("This link does not open")).toBeVisible();
    expect(second.url()).not.toContain(token);
  });
  await test.step("revoked, the screen says so by itself", async () => {
    await admin.reload();
    await expect(admin.getByRole("row", { name: new RegExp(name) })).toContainText("On a screen");
    await admin.getByRole("button", { name: `Revoke ${name}` }).click();
    const dialog = admin.getByRole("dialog", { name: `Revoke ${name}` });
    await dialog.getByLabel("Why").fill("The lobby is being rebuilt.");
    await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
    await expect(admin.getByRole("row", { name: new RegExp(name) })).toContainText("Revoked");
    await expect(wall.getByText("This screen's link is over")).toBeVisible();
    await expectAxeClean(wall);
  });
  await other.close();
  await screen.close();
  await context.close();
});
