import { spawn } from "node:child_process";

export type Part = {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The output holds a test runner's summary to add up; other parts count as one check each. */
  readonly counts?: boolean;
};
export type PartResult = {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
};

const LANES = 2;

/** Runs the parts two at a time, each with its output in one piece, and prints the time of each. A failing part does not stop the rest: one run shows everything that is wrong. */
export async function runParts(parts: readonly Part[]): Promise<boolean> {
  const waiting = [...parts];
  const results: PartResult[] = [];
  const lane = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) results.push(await runPart(part, { buffered: true }));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  printTimes(results);
  return results.every(({ ok }) => ok);
}

/** Runs one part with its output passed through as it comes, or in one piece at its end. */
export async function runPart(part: Part, { buffered } = { buffered: false }): Promise<PartResult> {
  if (!buffered) console.log(`\n── ${part.name}`);
  const started = performance.now();
  const { code, output } = await runCommand(part, buffered);
  if (buffered) process.stdout.write(`\n── ${part.name}\n${output}`);
  const seconds = (performance.now() - started) / 1000;
  const ok = code === 0;
  const counted = part.counts === true ? countTests(output) : { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  if (!ok && counted.failed === 0) counted.failed = 1;
  console.log(`── ${part.name}: ${ok ? "ok" : `failed (exit ${code})`} in ${seconds.toFixed(1)} s`);
  return { name: part.name, ok, seconds, ...counted };
}

export function printTimes(results: readonly PartResult[]): void {
  console.log("\npart                         seconds  result");
  for (const { name, seconds, ok } of results) console.log(`${name.padEnd(28)} ${seconds.toFixed(1).padStart(7)}  ${ok ? "ok" : "FAILED"}`);
}

function runCommand(part: Part, buffered: boolean): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const [program = "", ...args] = part.command;
    const child = spawn(program, args, { env: { ...process.env, ...part.env }, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: string[] = [];
    const collect = (stream: NodeJS.WriteStream) => (chunk: Buffer) => {
      chunks.push(chunk.toString());
      if (!buffered) stream.write(chunk);
    };
    child.stdout.on("data", collect(process.stdout));
    child.stderr.on("data", collect(process.stderr));
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: chunks.join("") }));
  });
}

/** Adds up vitest's `Tests  1 failed | 20 passed` and Playwright's `20 passed` / `1 failed` lines. */
export function countTests(output: string): { passed: number; failed: number } {
  const plain = output.replaceAll(/\u001b\[[0-9;]*m/g, "");
  const vitest = [...plain.matchAll(/^\s*Tests\s+(.*)$/gm)].map((match) => match[1] ?? "");
  const lines = vitest.length > 0 ? vitest : plain.split("\n").filter((line) => /^\s+\d+ (passed|failed|flaky)/.test(line));
  const sum = (word: string) => lines.reduce((total, line) => total + Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0), 0);
  return { passed: sum("passed"), failed: sum("failed") };
}
