import type { Browser } from "playwright";
import { type BenchWorld, type Figure, percentile } from "./figure.ts";
import { startApiProxy } from "./kubectl.ts";
import { type LargeFleet, startLargeFleet } from "./large-fleet.ts";
import { openReader, type StorageState } from "./reader.ts";
import { whileStill } from "./while-still.ts";

const COLD_STARTS = 5;
const PAN_MS = 4000;
const UPDATES = 12;

type Marks = { data: number; painted: number; longestTask: number };

/** The map of the seeded fleet (60 clusters, 200 routes, 8 networks) in a browser with software rendering: from its data until things are drawn, an update, panning. */
export async function measureMap(say: BenchWorld["say"]): Promise<Figure[]> {
  const world = await startLargeFleet(say);
  try {
    return await measureIn(world);
  } finally {
    await world.stop();
  }
}

async function measureIn(world: LargeFleet): Promise<Figure[]> {
  const { browser, state } = await openReader(world, "admin");
  try {
    return await whileStill(world.sandboxDir, async () => {
      const cold = await firstPaint(browser, world, state);
      const update = await updates(browser, world, state);
      const pan = await panning(browser, world, state);
      return [...cold, update, pan];
    });
  } finally {
    await browser.close();
  }
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

/** From the push that tells of a cluster's new state until the frame that shows it. The state is changed on the API server: the cluster is paused, then not. */
async function updates(browser: Browser, { url, sandboxDir, say }: BenchWorld, storageState: StorageState): Promise<Figure> {
  const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const marks = { pushed: 0 };
    Object.assign(globalThis, { pushMarks: marks });
    globalThis.EventSource = class extends EventSource {
      constructor(address: string | URL, init?: EventSourceInit) {
        super(address, init);
        this.addEventListener("topic", () => {
          marks.pushed = performance.now();
        });
      }
    };
  });
  await page.goto(`${url}/topology?view=map`);
  const well = page.locator('[data-key*="cluster/"]').filter({ hasText: /\d nodes/ });
  const key = await well.first().getAttribute("data-key");
  const [, namespace = "", name = ""] = /cluster\/[^/]+\/([^/]+)\/([^/#]+)/.exec(key ?? "") ?? [];
  await page.waitForTimeout(3000);
  const api = await startApiProxy(sandboxDir);
  const spent: number[] = [];
  try {
    for (let n = 0; n < UPDATES; n += 1) {
      const shown = page.evaluate(
        (box) =>
          new Promise<number>((resolve) => {
            const { pushMarks } = globalThis as unknown as { pushMarks: { pushed: number } };
            const textNow = () => document.querySelector(`[data-key="${CSS.escape(box)}"]`)?.textContent;
            const before = textNow();
            // Whatever it says next: a cluster that goes on is not well at once.
            const observer = new MutationObserver(() => {
              if (textNow() === before) return;
              observer.disconnect();
              // After the next frame was drawn.
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pushMarks.pushed)));
            });
            observer.observe(document.body, { subtree: true, childList: true, characterData: true });
            setTimeout(() => resolve(Number.NaN), 20_000);
          }),
        key ?? "",
      );
      await api.mergePatch(`/apis/cluster.x-k8s.io/v1beta2/namespaces/${namespace}/clusters/${name}`, { spec: { paused: n % 2 === 0 } });
      spent.push(await shown);
      say(`update ${n + 1} of ${UPDATES}: ${spent.at(-1)?.toFixed(0) ?? ""} ms from the push to the frame`);
      await page.waitForTimeout(1500);
    }
  } finally {
    api.stop();
    await context.close();
  }
  return { name: `update of the map, push → frame, median of ${UPDATES}`, figure: percentile(spent, 0.5), unit: "ms", budget: 70 };
}

async function panning(browser: Browser, { url, say }: BenchWorld, storageState: StorageState): Promise<Figure> {
  const context = await browser.newContext({ storageState, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${url}/topology?view=map`);
  await page.waitForSelector("[data-key]");
  await page.getByRole("button", { name: "Show all" }).click();
  await page.waitForTimeout(2000);
  say(`panning over ${await page.evaluate(() => document.querySelectorAll("[data-key]").length)} boxes`);
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
