import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { portalClient, RequestAnswer, submitCluster } from "../test/bench/portal-client.ts";
import { approveAll, makeRoute, removeRoute } from "./make-route.ts";
import { ownKubeService } from "./own-kube-service.ts";
import { contextOf } from "./personas.ts";

// One route that only its own cluster may call, and the questions about it.
test.describe.configure({ mode: "serial" });

const BASE_URL = process.env.BASE_URL ?? "http://localhost:3000";
const at = { url: BASE_URL, sandboxDir: path.resolve(process.env.TRELLIS_SANDBOX_DIR ?? ".sandbox") };
const READY_MS = 200_000;
const name = `asked-${Date.now().toString(36)}`;
const service = `team-payments/${name}`;
const elsewhere = `away-${Date.now().toString(36)}`;
const ReachOptions = z.looseObject({ callers: z.array(z.looseObject({ id: z.string(), vpcId: z.nullable(z.string()) })) });
let takeAway = () => {};
let page: Page;

test.beforeAll(async ({ browser }) => {
  takeAway = ownKubeService(at.sandboxDir, name);
  // Its VPC is in no network of the route; a cluster is seen long before it is ready.
  const developer = portalClient(at.url, at.sandboxDir, "payments-dev");
  await approveAll(at, await submitCluster(developer, elsewhere), ["admin"]);
  await makeRoute(at, name, name, "/v1/");
  // A platform admin sees the VPCs of every team.
  ({ page } = await contextOf(browser, "admin"));
});

test.afterAll(async () => {
  await page.context().close();
  const lead = portalClient(at.url, at.sandboxDir, "payments-lead");
  const input = { namespace: "team-payments", name: elsewhere, typedName: elsewhere };
  const asked = RequestAnswer.parse(
    await lead.post("/requests", { kind: "cluster.delete", team: "payments", purpose: "The questions are answered", input }),
  );
  await approveAll(at, asked, ["admin"]);
  await removeRoute(at, name);
  takeAway();
});

const verdict = () => page.locator("#main [role=status]").filter({ hasText: /\S/ }).last();
const layers = () => page.getByRole("list", { name: "Layers" });

async function ask(question: Readonly<Record<string, string>>): Promise<void> {
  await page.goto(`/topology/reach?${new URLSearchParams({ service, ...question }).toString()}`);
}

async function expectSound(): Promise<void> {
  for (const locale of ["ja", "en"]) {
    await page.context().addCookies([{ name: "trellis-locale", value: locale, url: BASE_URL }]);
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    await expect(page.locator("#main h1").first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
  }
}

test("she fills in the question and is told that the call arrives; the address says it all", async () => {
  await page.goto(`/topology/reach?service=${service}`);
  await expect(verdict()).toContainText("Nothing asked yet");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.getByRole("combobox", { name: "Cluster" })).toBeFocused();
  await expect(page.getByText("Choose the cluster that calls from the list.")).toBeVisible();
  await page.getByRole("combobox", { name: "Cluster" }).fill("checkout");
  await page
    .getByRole("option", { name: /checkout/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.waitForURL(/caller=cluster%2Fteam-payments%2Fcheckout/);
  await expect(verdict()).toContainText(/^Yes: /);
  await expect(layers().getByRole("listitem")).toHaveCount(13);
  await expectSound();
  await page.goBack();
  await expect(verdict()).toContainText("Nothing asked yet");
});

test("a cluster that nobody named is refused by the service's policy; its owner must act", async () => {
  await ask({ caller: "cluster/team-shop/storefront" });
  await expect(verdict()).toContainText(/^No: Policy of the service\./);
  await expect(verdict()).toContainText("The service's team must act.");
  const stop = layers().locator("[aria-current=step]");
  await expect(stop).toContainText("Policy of the service");
  await expect(stop.getByRole("link", { name: "Open the route" })).toHaveAttribute("href", `/routes/${service}`);
  await expectSound();
});

test("a call that no rule takes ends in a 404", async () => {
  await ask({ caller: "cluster/team-payments/checkout", method: "GET", path: "/no-such-thing" });
  await expect(verdict()).toContainText(/^No: Rule\./);
  await expect(verdict()).toContainText("404");
  await expect(layers().locator("[aria-current=step]")).toContainText("Rule");
});

test("a VPC without a way in is refused before anything else, and who can change that is said", async () => {
  const admin = portalClient(at.url, at.sandboxDir, "admin");
  const vpcOf = async () =>
    ReachOptions.parse(await admin.get("/reach/options")).callers.find(({ id }) => id === `cluster/team-payments/${elsewhere}`)?.vpcId ??
    "";
  await expect.poll(vpcOf, { timeout: READY_MS, intervals: [1000] }).toMatch(/^vpc-/);
  await ask({ caller: `vpc/${await vpcOf()}` });
  await expect(verdict()).toContainText(/^No: VPC in a network of the service\./);
  await expect(layers().locator("[aria-current=step]")).toContainText("Must act:");
});

test("a caller that is not there is not found, and the question stays", async () => {
  await ask({ caller: "cluster/team-payments/no-such-cluster" });
  await expect(verdict()).toContainText(/^Not found\./);
  await expect(page.getByRole("combobox", { name: "Cluster" })).toHaveValue("team-payments/no-such-cluster");
});

test("the grid of a network is walked by keys, and a cell opens its question", async () => {
  await page.goto("/topology/reach?network=net-prod");
  const grid = page.getByRole("grid", { name: /net-prod/ });
  await grid.locator("a[tabindex='0']").focus();
  await page.keyboard.press("Home");
  await expect(grid.locator("a[tabindex='0']")).toBeFocused();
  await page.getByRole("button", { name: /^Only refused/ }).click();
  await page.waitForURL(/only=refused/);
  await expectSound();
  const cell = page.getByRole("grid").getByRole("link", { name: new RegExp(`storefront to ${name}: Refused`) });
  await cell.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/caller=cluster%2Fteam-shop%2Fstorefront/);
  await expect(verdict()).toContainText(/^No: /);
});
