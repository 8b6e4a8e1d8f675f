import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { startTicksOf } from "./child-process.ts";

/** Runs `work` while holding a lock file. A lock whose process is gone is taken over. */
export async function withLock(file: string, progress: (line: string) => void, says: string, work: () => Promise<void>): Promise<void> {
  let told = false;
  while (!tryLock(file)) {
    if (!told) progress(`${says}; waiting for it …`);
    told = true;
    await new Promise((done) => setTimeout(done, 500));
  }
  try {
    await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Takes the lock or answers false. The file holds pid and start time of its owner. */
export function tryLock(file: string): boolean {
  try {
    const handle = openSync(file, "wx", 0o600);
    writeSync(handle, `${process.pid} ${startTicksOf(process.pid) ?? ""}`);
    closeSync(handle);
    return true;
  } catch {
    if (lockOwner(file) !== null) return false;
    rmSync(file, { force: true });
    return false;
  }
}

/** The living owner of a lock file, or null. A file just being written counts as owned. */
export function lockOwner(file: string): number | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return null;
  }
  const [pid, ticks] = text.split(" ");
  if (!pid || !ticks) return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 5_000 ? -1 : null;
  return startTicksOf(Number(pid)) === ticks ? Number(pid) : null;
}
