import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, test } from "@playwright/test";
import { portalClient, submitCluster } from "../test/bench/portal-client.ts";
import { approveAll, makeRoute, removeRoute } from "./make-route.ts";
import { ownKubeService } from "./own-kube-service.ts";
import { contextOf, type Persona, signIn } from "./personas.ts";

const BASE_URL = process.env.BASE_URL ?? "http://localhost:3000";
const at = { url: BASE_URL, sandboxDir: path.resolve(process.env.TRELLIS_SANDBOX_DIR ?? ".sandbox") };
const cluster = `sweep-${Date.now().toString(36)}`;
const route = `sweep-${Date.now().toString(36)}`;
/** One person's pages under one look, each read by axe. */
const SWEEP_MS = 480_000;
/** One cluster and one route with objects, and requests that wait or were delivered: pages with content of their own. */
let takeAway = () => {};
const made = { delivered: "", waiting: "", route: "" };

test.beforeAll(async () => {
  const developer = portalClient(at.url, at.sandboxDir, "payments-dev");
  const delivered = await submitCluster(developer, cluster);
  await approveAll(at, delivered, ["admin"]);
  made.delivered = delivered.id;
  made.waiting = (await submitCluster(developer, `${cluster}-two`, "eks-small")).id;
  takeAway = ownKubeService(at.sandboxDir, route);
  made.route = (await makeRoute(at, route, route)).id;
});

// Also after a failure: the sweep then goes on in a new process, with a route of its own.
test.afterAll(async () => {
  await removeRoute(at, route);
  takeAway();
});

/** Every page, by the person who uses it. `:delivered`, `:waiting` and `:route` stand for the requests above. */
const PAGES: readonly (readonly [path: string, persona: Persona])[] = [
  ["/", "payments-dev"],
  ["/clusters", "payments-dev"],
  ["/clusters/new", "payments-dev"],
  [`/clusters/team-payments/${cluster}`, "payments-dev"],
  [`/clusters/team-payments/${cluster}?tab=objects`, "payments-dev"],
  [`/clusters/team-payments/${cluster}?tab=pools`, "payments-dev"],
  [`/clusters/team-payments/${cluster}?tab=activity`, "payments-dev"],
  [`/clusters/team-payments/${cluster}?tab=yaml`, "payments-dev"],
  ["/routes", "payments-dev"],
  ["/routes/new", "payments-dev"],
  [`/routes/team-payments/${route}`, "payments-dev"],
  [`/routes/team-payments/${route}?tab=mapping`, "payments-dev"],
  [`/routes/team-payments/${route}?tab=versions`, "payments-dev"],
  [`/routes/team-payments/${route}?tab=activity`, "payments-dev"],
  [`/routes/team-payments/${route}?tab=yaml`, "payments-dev"],
  [`/routes/team-payments/${route}/change`, "payments-dev"],
  ["/directory", "payments-dev"],
  [`/directory/team-payments/${route}`, "payments-dev"],
  ["/directory/team-payments/nothing-here", "payments-dev"],
  ["/topology/reach", "payments-dev"],
  [`/topology/reach?caller=cluster/team-payments/checkout&service=team-payments/${route}`, "payments-dev"],
  ["/topology/reach?network=net-prod", "payments-dev"],
  ["/topology?view=map", "payments-dev"],
  ["/topology?view=table", "payments-dev"],
  ["/requests/:route", "payments-dev"],
  ["/requests", "payments-dev"],
  ["/requests/:waiting", "payments-dev"],
  ["/requests/:waiting/edit", "payments-dev"],
  ["/requests/:waiting", "admin"],
  ["/requests/:delivered", "admin"],
  ["/approvals", "admin"],
  ["/audit", "admin"],
  ["/settings/teams", "admin"],
  ["/settings/accounts", "admin"],
  ["/settings/networks", "admin"],
  ["/requests/:route", "admin"],
  ["/settings/blueprints", "admin"],
  ["/settings/policies", "admin"],
  ["/settings/prices", "admin"],
  ["/settings/tokens", "admin"],
  ["/settings/walls", "admin"],
  ["/clusters", "viewer"],
  ["/routes", "viewer"],
  [`/routes/team-payments/${route}`, "viewer"],
  ["/directory", "viewer"],
  [`/directory/team-payments/${route}`, "viewer"],
  ["/wall", "viewer"],
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
  const opened = await contextOf(browser, persona, { viewport: { width, height: 900 }, colorScheme: theme, baseURL: BASE_URL });
  await opened.context.addCookies([{ name: "trellis-locale", value: locale, url: BASE_URL }]);
  return opened;
}

for (const look of LOOKS) {
  const title = `${look.locale}, ${look.theme}, ${look.width} px`;
  for (const persona of ["payments-dev", "admin", "viewer"] as const) {
    test(`pages of ${persona} are sound: ${title}`, async ({ browser }) => {
      test.setTimeout(SWEEP_MS);
      const { context, page } = await contextFor(browser, persona, look);
      const violations: string[] = [];
      page.on("console", (message) => {
        if (/Content Security Policy|Hydration|Minified React/i.test(message.text())) violations.push(message.text());
      });
      for (const [pattern, owner] of PAGES.filter(([, who]) => who === persona)) {
        const address = pattern.replace(":waiting", made.waiting).replace(":delivered", made.delivered).replace(":route", made.route);
        await page.goto(address);
        await expect(page.locator("#main h1").first()).toBeVisible();
        await expect(page.locator("#main [aria-busy=true]"), `${address} is still loading`).toHaveCount(0);
        await expect(page.locator("html")).toHaveAttribute("lang", look.locale);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect.soft(overflow, `${address} overflows sideways`).toBeLessThanOrEqual(0);
        const axe = await new AxeBuilder({ page }).analyze();
        expect
          .soft(axe.violations.map(({ id, nodes }) => `${address} ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`))
          .toEqual([]);
        await page.screenshot({
          path: `test-results/pages/${owner}${pattern.replace(cluster, "one").replace(route, "one").replaceAll(/[/:?]/g, "_")}-${look.locale}-${look.theme}-${look.width}.png`,
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
