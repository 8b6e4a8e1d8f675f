import { type Browser, type BrowserContext, chromium } from "playwright";
import { type BenchWorld, type Figure, percentile } from "./figure.ts";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
const COLD_STARTS = 5;
const PAN_MS = 4000;

type Marks = { data: number; painted: number; longestTask: number };
type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** The map of a fleet in a person's browser with software rendering: from its data until things are drawn, and panning. */
export async function measureMap(world: BenchWorld): Promise<Figure[]> {
  const browser = await chromium.launch({ executablePath: process.env.PLAYWRIGHT_CHROMIUM_PATH ?? "/usr/bin/chromium", args: ARGUMENTS });
  try {
    const state = await signIn(browser, world);
    const cold = await firstPaint(browser, world, state);
    const pan = await panning(browser, world, state);
    return [...cold, pan];
  } finally {
    await browser.close();
  }
}

async function signIn(browser: Browser, { url }: BenchWorld): Promise<StorageState> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByRole("button", { name: /admin/ }).first().click();
  await page.locator('button[value="admin"]').click();
  await page.waitForURL(`${url}/`);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function firstPaint(browser: Browser, { url, say }: BenchWorld, storageState: StorageState): Promise<Figure[]> {
  const painted: number[] = [];
  const longest: number[] = [];
  let scriptBytes = 0;
  let shown = 0;
  for (let n = 0; n < COLD_STARTS; n += 1) {
    const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const marks: Marks = { data: 0, painted: 0, longestTask: 0 };
      Object.assign(globalThis, { mapMarks: marks });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) marks.longestTask = Math.max(marks.longestTask, entry.duration);
      }).observe({ type: "longtask", buffered: true });
      const look = () => {
        // The page carries its data: the toolbar stands once they are read.
        if (marks.data === 0 && document.querySelector("form[role=search]") !== null) marks.data = performance.now();
        if (document.querySelector("[data-key]") !== null) marks.painted = performance.now();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    const client = await context.newCDPSession(page);
    await client.send("Network.enable");
    const scripts = new Set<string>();
    let bytes = 0;
    client.on("Network.responseReceived", ({ requestId, type }) => {
      if (type === "Script") scripts.add(requestId);
    });
    client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(`${url}/topology?view=map`, { waitUntil: "load" });
    await page.waitForSelector("[data-key]", { timeout: 30_000 });
    await page.waitForTimeout(1500);
    const marks = await page.evaluate(() => (globalThis as unknown as { mapMarks: Marks }).mapMarks);
    shown = await page.evaluate(() => document.querySelectorAll("[data-key]").length);
    painted.push((marks.painted - marks.data) / 1000);
    longest.push(marks.longestTask);
    scriptBytes = bytes;
    say(
      `cold map ${n + 1}: ${(marks.painted - marks.data).toFixed(0)} ms after the data, longest task ${marks.longestTask.toFixed(0)} ms, ${shown} boxes in sight`,
    );
    await context.close();
  }
  return [
    { name: "first paint of the map after its data, median of 5", figure: percentile(painted, 0.5), unit: "s", budget: 1.5 },
    { name: "longest main-thread task of the map page, median of 5", figure: percentile(longest, 0.5), unit: "ms", budget: null },
    { name: "JavaScript of the map page with the drawing, compressed", figure: scriptBytes / 1024, unit: "KiB", budget: null },
  ];
}

async function panning(browser: Browser, { url, say }: BenchWorld, storageState: StorageState): Promise<Figure> {
  const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${url}/topology?view=map`);
  await page.waitForSelector("[data-key]");
  await page.getByRole("button", { name: "Show all" }).click();
  await page.waitForTimeout(1000);
  const counting = page.evaluate(
    (durationMs) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        let frames = 0;
        const tick = () => {
          frames += 1;
          const spent = performance.now() - start;
          if (spent < durationMs) requestAnimationFrame(tick);
          else resolve((frames * 1000) / spent);
        };
        requestAnimationFrame(tick);
      }),
    PAN_MS,
  );
  const end = Date.now() + PAN_MS;
  await page.mouse.move(420, 700);
  await page.mouse.down();
  for (let n = 0; Date.now() < end; n += 1) await page.mouse.move(420 + 160 * Math.sin(n / 12), 600 + 90 * Math.cos(n / 9));
  await page.mouse.up();
  const fps = await counting;
  say(`panning: ${fps.toFixed(1)} frames a second`);
  await context.close();
  return { name: "panning the whole map, software rendering (at least 40)", figure: fps, unit: "fps", budget: null };
}
