import type { Browser } from "playwright";
import { type BenchWorld, type Figure, percentile } from "./figure.ts";
import { startApiProxy } from "./kubectl.ts";
import type { Reader, StorageState } from "./reader.ts";

const WRITES = 20;
const COLD_STARTS = 5;

/** What a person's browser feels: a cold list page, its JavaScript, and a change on the API server until it stands in the page. */
export async function measureBrowser(world: BenchWorld, { browser, state }: Reader): Promise<Figure[]> {
  const cold = await coldList(browser, world, state);
  const live = await writesToScreen(browser, world, state);
  return [...cold, live];
}

async function coldList(browser: Browser, { url, say }: BenchWorld, storageState: StorageState): Promise<Figure[]> {
  const rows: number[] = [];
  const longest: number[] = [];
  let scriptBytes = 0;
  for (let n = 0; n < COLD_STARTS; n += 1) {
    const context = await browser.newContext({ storageState });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const marks = { firstRow: 0, longestTask: 0 };
      Object.assign(globalThis, { benchMarks: marks });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) marks.longestTask = Math.max(marks.longestTask, entry.duration);
      }).observe({ type: "longtask", buffered: true });
      const look = () => {
        if (document.querySelector("tbody tr") !== null) marks.firstRow = performance.now();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    const client = await context.newCDPSession(page);
    await client.send("Network.enable");
    const scripts = new Map<string, boolean>();
    let bytes = 0;
    client.on("Network.responseReceived", ({ requestId, type }) => scripts.set(requestId, type === "Script"));
    client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.get(requestId) === true) bytes += encodedDataLength;
    });
    await page.goto(`${url}/clusters`, { waitUntil: "load" });
    await page.waitForTimeout(2500);
    const marks = await page.evaluate(
      () => (globalThis as unknown as { benchMarks: { firstRow: number; longestTask: number } }).benchMarks,
    );
    rows.push(marks.firstRow / 1000);
    longest.push(marks.longestTask);
    scriptBytes = bytes;
    say(
      `cold list ${n + 1}: first row ${marks.firstRow.toFixed(0)} ms, longest task ${marks.longestTask.toFixed(0)} ms, scripts ${(bytes / 1024).toFixed(0)} KiB`,
    );
    await context.close();
  }
  return [
    { name: "first useful row, cold browser, 112 clusters, median of 5", figure: percentile(rows, 0.5), unit: "s", budget: 1.2 },
    { name: "longest main-thread task on the list page, median of 5", figure: percentile(longest, 0.5), unit: "ms", budget: 150 },
    { name: "JavaScript of the list page, compressed", figure: scriptBytes / 1024, unit: "KiB", budget: 200 },
  ];
}

/** Writes a description on the API server; the page notes when it stands there. No other controller answers in between, and both clocks are this machine's. */
async function writesToScreen(browser: Browser, { url, sandboxDir, say }: BenchWorld, storageState: StorageState): Promise<Figure> {
  const context = await browser.newContext({ storageState });
  const page = await context.newPage();
  await page.goto(`${url}/clusters/team-payments/bench-1`);
  await page.waitForTimeout(2000);
  const seconds: number[] = [];
  const api = await startApiProxy(sandboxDir);
  for (let n = 0; n < WRITES; n += 1) {
    const text = `description number ${n} of this run`;
    const shown = page.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          const observer = new MutationObserver(() => {
            if (document.querySelector("#main")?.textContent.includes(wanted) !== true) return;
            observer.disconnect();
            resolve(Date.now());
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
          setTimeout(() => resolve(Number.NaN), 10_000);
        }),
      text,
    );
    const written = Date.now();
    const patch = { metadata: { annotations: { "trellis.internal/description": text } } };
    await api.mergePatch("/apis/cluster.x-k8s.io/v1beta2/namespaces/team-payments/clusters/bench-1", patch);
    seconds.push(((await shown) - written) / 1000);
    say(`write ${n + 1} of ${WRITES}: ${seconds.at(-1)?.toFixed(3) ?? ""} s`);
    await page.waitForTimeout(500);
  }
  api.stop();
  await context.close();
  return { name: `write on the API server → DOM, p95 of ${WRITES}`, figure: percentile(seconds, 0.95), unit: "s", budget: 0.5 };
}
