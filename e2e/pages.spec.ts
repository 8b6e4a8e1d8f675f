import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, test } from "@playwright/test";
import { contextOf, type Persona, signIn } from "./personas.ts";

/** Every page, by the person who uses it. */
const PAGES: readonly (readonly [path: string, persona: Persona])[] = [
  ["/", "payments-dev"],
  ["/clusters", "payments-dev"],
  ["/clusters/new", "payments-dev"],
  ["/requests", "payments-dev"],
  ["/approvals", "admin"],
  ["/audit", "admin"],
  ["/settings/teams", "admin"],
  ["/settings/accounts", "admin"],
  ["/settings/blueprints", "admin"],
  ["/settings/policies", "admin"],
  ["/settings/prices", "admin"],
  ["/settings/tokens", "admin"],
  ["/clusters", "viewer"],
  ["/no-such-page", "viewer"],
];
const LOOKS = [
  { locale: "en", theme: "light", width: 1440 },
  { locale: "en", theme: "dark", width: 390 },
  { locale: "ja", theme: "dark", width: 1440 },
  { locale: "ja", theme: "light", width: 390 },
] as const;
type Look = (typeof LOOKS)[number];

async function contextFor(browser: Browser, persona: Persona, { locale, theme, width }: Look) {
  const baseURL = process.env.BASE_URL ?? "http://localhost:3000";
  const opened = await contextOf(browser, persona, { viewport: { width, height: 900 }, colorScheme: theme, baseURL });
  await opened.context.addCookies([{ name: "trellis-locale", value: locale, url: baseURL }]);
  return opened;
}

for (const look of LOOKS) {
  const title = `${look.locale}, ${look.theme}, ${look.width} px`;
  for (const persona of ["payments-dev", "admin", "viewer"] as const) {
    test(`pages of ${persona} are sound: ${title}`, async ({ browser }) => {
      const { context, page } = await contextFor(browser, persona, look);
      const violations: string[] = [];
      page.on("console", (message) => {
        if (/Content Security Policy|Hydration|Minified React/i.test(message.text())) violations.push(message.text());
      });
      for (const [path, owner] of PAGES.filter(([, who]) => who === persona)) {
        await page.goto(path);
        await expect(page.locator("#main")).toBeVisible();
        await expect(page.locator("html")).toHaveAttribute("lang", look.locale);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect.soft(overflow, `${path} overflows sideways`).toBeLessThanOrEqual(0);
        const axe = await new AxeBuilder({ page }).analyze();
        expect
          .soft(axe.violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`))
          .toEqual([]);
        await page.screenshot({
          path: `test-results/pages/${owner}${path.replaceAll("/", "_")}-${look.locale}-${look.theme}-${look.width}.png`,
          fullPage: true,
        });
      }
      expect(violations).toEqual([]);
      await context.close();
    });
  }
}

test("the sign-in page is sound in both languages", async ({ browser }) => {
  for (const look of LOOKS) {
    const context = await browser.newContext({
      viewport: { width: look.width, height: 900 },
      colorScheme: look.theme,
      locale: look.locale,
    });
    const page = await context.newPage();
    await page.goto("/sign-in");
    await expect(page.locator("html")).toHaveAttribute("lang", look.locale);
    const axe = await new AxeBuilder({ page }).analyze();
    expect.soft(axe.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
    await page.screenshot({ path: `test-results/pages/sign-in-${look.locale}-${look.theme}-${look.width}.png`, fullPage: true });
    await context.close();
  }
});

test("signing out ends the session, also for another tab", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, "viewer");
  const answer = await page.request.get("/api/v1/me");
  expect(answer.status()).toBe(200);
  await page
    .getByRole("button", { name: /Vera Viewer/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: /Sign out/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
  expect((await page.request.get("/api/v1/me")).status()).toBe(401);
  await context.close();
});
