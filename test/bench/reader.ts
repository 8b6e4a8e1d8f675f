import { type Browser, type BrowserContext, chromium } from "playwright";
import type { BenchWorld } from "./figure.ts";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;
export type Reader = { readonly browser: Browser; readonly state: StorageState };

/** A browser with software rendering in which a persona has signed in; close it when done. Signing in needs the sandbox's identity provider. */
export async function openReader({ url }: BenchWorld, persona: string): Promise<Reader> {
  const browser = await chromium.launch({ executablePath: process.env.PLAYWRIGHT_CHROMIUM_PATH ?? "/usr/bin/chromium", args: ARGUMENTS });
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/sign-in`);
    await page.getByRole("button", { name: persona }).first().click();
    await page.locator(`button[value="${persona}"]`).click();
    await page.waitForURL(`${url}/`);
    const state = await context.storageState();
    await context.close();
    return { browser, state };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
