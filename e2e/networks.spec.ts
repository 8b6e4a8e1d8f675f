import { execFileSync } from "node:child_process";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { contextOf } from "./personas.ts";

const VPC = "vpc-0d3e4f5061728394a";
const FAULT = "vpc-association-missing";

function fault(...words: readonly string[]): void {
  execFileSync("node", ["sandbox/cli.ts", "fault", ...words], { stdio: "ignore" });
}

test.afterAll(() => fault("clear", FAULT));

test("an admin reads the state of a network, and what to apply for a VPC that is not in it", async ({ browser }) => {
  const { context, page } = await contextOf(browser, "admin");
  await page.goto("/settings/networks");
  const network = page.getByRole("region", { name: "net-prod", exact: true });
  const row = network.getByRole("table", { name: "VPC associations" }).getByRole("row", { name: new RegExp(VPC) });
  // The page is read anew: it holds still by itself.
  const reads = (word: string | RegExp) =>
    expect(async () => {
      await page.reload();
      await expect(row).toContainText(word, { timeout: 2000 });
    }).toPass({ timeout: 120_000, intervals: [3000] });

  await test.step("its parts, each with its state", async () => {
    await reads("ACTIVE");
    await expect(network.getByRole("table", { name: "Listeners" }).getByRole("row", { name: /https/ })).toContainText("HTTPS 443");
    await expect(network.getByRole("img", { name: /^VPCs in this network: \d+ of \d/ })).toBeVisible();
    await expect(network.getByRole("img", { name: /^Services in this network: \d+ of \d/ })).toBeVisible();
    await expect(network.getByRole("list", { name: "Who owns which object" }).getByRole("listitem").first()).toBeVisible();
  });
  await test.step("a VPC that fell out: what to apply, with the security group that is named", async () => {
    fault("set", FAULT, "team-shop/storefront");
    await reads("not there");
    await network.getByText(`How ${VPC} joins`).click();
    const manifests = network.getByRole("region", { name: `Objects by which ${VPC} joins` });
    await expect(manifests).toContainText("VpcAssociationPolicy");
    await network.getByLabel("Security group", { exact: true }).fill("group");
    await expect(network.getByText("A security group is sg- and its id.")).toBeVisible();
    await network.getByLabel("Security group", { exact: true }).fill("sg-0a1b2c3d");
    await expect(manifests).toContainText("sg-0a1b2c3d");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
  });
  await test.step("and it is well again", async () => {
    fault("clear", FAULT);
    await reads("ACTIVE");
  });
  await context.close();
});
