import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { portalClient, RequestAnswer } from "../test/bench/portal-client.ts";
import { approveAll, removeRoute } from "./make-route.ts";
import { ownKubeService, PROVIDER } from "./own-kube-service.ts";
import { contextOf } from "./personas.ts";

const at = {
  url: process.env.BASE_URL ?? "http://localhost:3000",
  sandboxDir: path.resolve(process.env.TRELLIS_SANDBOX_DIR ?? ".sandbox"),
};
const suffix = Date.now().toString(36);
const quotes = `quotes-${suffix}`;
const vault = `vault-${suffix}`;
const asked = new Set<string>();
let takeAway: (() => void)[] = [];

test.beforeAll(() => {
  takeAway = [quotes, vault].map((name) => ownKubeService(at.sandboxDir, name));
});
test.afterAll(async () => {
  for (const name of asked) await removeRoute(at, name);
  for (const one of takeAway) one();
});

/** What every route asks for first: what serves it, and what it is called. */
async function chooseProvider(page: Page, name: string, purpose: string): Promise<void> {
  const side = page.getByRole("group", { name: "Side 1" });
  await side.getByLabel("Cluster").selectOption(PROVIDER.key);
  await side.getByLabel("kubeService").selectOption(`${PROVIDER.namespace}/${name}`);
  await expect(side.getByLabel("Port", { exact: true })).toHaveValue("80");
  await page.getByLabel("Purpose").fill(purpose);
  await page.getByLabel("Route name").fill(name);
}

/** Sends a form whose checks are all green, has it approved, and waits until its page says that the route is well. */
async function sendUntilHealthy(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("region", { name: "Plan" }).getByText(/^(\d+) of \1 green/)).toBeVisible();
  await page.getByRole("button", { name: /Send for approval/ }).click();
  await page.waitForURL(/\/requests\/R-\d+$/);
  asked.add(name);
  const id = z.string().parse(page.url().split("/").at(-1));
  const developer = portalClient(at.url, at.sandboxDir, "payments-dev");
  await approveAll(at, RequestAnswer.parse(await developer.get(`/requests/${id}`)), ["payments-lead", "admin"]);
  await page.goto(`/routes/team-payments/${name}`);
  await expect(page.locator("#main [role=status]").first()).toContainText(/^Healthy/, { timeout: 200_000 });
}

test("a developer publishes a gRPC kubeService: the form follows the protocol, and the route becomes healthy", async ({ browser }) => {
  const { context, page } = await contextOf(browser, "payments-dev");
  await page.goto("/routes/new");
  const side = page.getByRole("group", { name: "Side 1" });
  const check = page.getByRole("checkbox", { name: "Lattice checks the targets" });
  const protocol = page.getByLabel("Protocol", { exact: true });

  await test.step("what is chosen for HTTP", async () => {
    await chooseProvider(page, quotes, "Prices are asked for over gRPC.");
    const caller = page.getByRole("group", { name: "Caller 1" });
    await caller.getByLabel("Team").selectOption("payments");
    await caller.getByLabel("Name of the caller").fill("own");
    await caller.getByLabel("Cluster", { exact: true }).selectOption(PROVIDER.key);
    await expect(check).toBeChecked();
  });
  await test.step("passthrough knows one rule, anybody, and a name that must be given", async () => {
    await protocol.selectOption("tls");
    await expect(page.getByText("Every connection to the domain, passed through unopened")).toBeVisible();
    await expect(page.getByRole("button", { name: "Add a rule" })).toHaveCount(0);
    await expect(page.getByRole("group", { name: "Caller 1" })).toHaveCount(0);
    await expect(check).not.toBeChecked();
    await expect(page.getByLabel("Listener", { exact: true })).toHaveValue("tls");
    await expect(page.getByText("Needed for TLS passthrough", { exact: false })).toBeVisible();
  });
  await test.step("gRPC has its own check, listener, port and rules; the caller is still there", async () => {
    await protocol.selectOption("grpc");
    await expect(page.getByRole("group", { name: "Caller 1" }).getByLabel("Name of the caller")).toHaveValue("own");
    await expect(page.getByLabel("Listener", { exact: true })).toHaveValue("https");
    await expect(check).not.toBeChecked();
    await check.check();
    await side.getByRole("button", { name: "Use 9090" }).click();
    await expect(side.getByLabel("Port", { exact: true })).toHaveValue("9090");
    await page.getByLabel("gRPC service of rule 1").fill("payments.Quotes");
    await page.getByLabel("gRPC method of rule 1").fill("Get");
    await page.getByLabel("Try a call").fill("payments.Quotes/Get");
    await expect(page.getByText("Rule 1 answers.")).toBeVisible();
  });
  await sendUntilHealthy(page, quotes);
  await context.close();
});

test("a developer publishes what speaks TLS itself: under a name of its own, passed through unopened", async ({ browser }) => {
  const { context, page } = await contextOf(browser, "payments-dev");
  await page.goto("/routes/new");
  const hostname = page.getByLabel("Own domain");
  await chooseProvider(page, vault, "Secrets are read over TLS that ends in the Pod.");
  await page.getByLabel("Protocol", { exact: true }).selectOption("tls");
  await page.getByRole("group", { name: "Side 1" }).getByRole("button", { name: "Use 443" }).click();
  await hostname.fill("*.example.com");
  await expect(page.getByText("Lattice takes no wildcard", { exact: false })).toBeVisible();
  await hostname.fill(`${vault}.example.com`);
  // Without it nobody would know whether the targets answer, and the page would say so.
  await page.getByRole("checkbox", { name: "Lattice checks the targets" }).check();
  await sendUntilHealthy(page, vault);
  await expect(page.getByText(`${vault}.example.com`).first()).toBeVisible();
  await context.close();
});
