import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";

export type Persona = "payments-dev" | "payments-lead" | "shop-dev" | "shop-lead" | "admin" | "admin-two" | "viewer";

/** Signs in at the real provider: the button on the portal's page, then the person on the provider's page. */
export async function signIn(page: Page, persona: Persona): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: persona, exact: false }).first().click();
  await page.waitForURL(/\/interaction\/|\/login\//);
  await page.locator(`button[value="${persona}"]`).click();
  await page.waitForURL((url) => url.pathname === "/");
  await expect(page.locator("#main")).toBeVisible();
}

/** A browser context of its own, signed in as this person. */
export async function contextOf(
  browser: Browser,
  persona: Persona,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await signIn(page, persona);
  return { context, page };
}
