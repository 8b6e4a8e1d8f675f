import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";

/** `startedAt` is the process's start in clock ticks, where the system tells it: a pid alone may have been given to somebody else. */
const Holder = z.object({ pid: z.int().positive(), startedAt: z.nullable(z.string()) });
type Holder = z.infer<typeof Holder>;

const ATTEMPTS = 5;

/**
 * Takes the lock file beside a PGlite data directory: two processes on one directory lose writes without any error. Returns the release function.
 * `PRECONDITION` `database.locked` with the pid of the process that holds it. A lock whose process is gone is taken over.
 */
export function lockDataDir(dataDir: string): () => void {
  const file = `${path.resolve(dataDir)}.lock`;
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) } satisfies Holder);
  mkdirSync(path.dirname(file), { recursive: true });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (create(file, mine)) return releaseOnExit(file, mine);
    const found = read(file);
    if (found === null) continue;
    const holder = parseHolder(found);
    if (holder !== null && isAlive(holder)) throw new PortalError("PRECONDITION", "database.locked", { pid: holder.pid, dataDir });
    removeStale(file, found);
  }
  throw new PortalError("PRECONDITION", "database.locked", { pid: 0, dataDir });
}

function create(file: string, content: string): boolean {
  // A link appears with its content, so nobody ever reads a half-written lock.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

// Between reading and moving, somebody else may have taken the stale lock over: then what was moved is hers, and goes back.
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (read(aside) !== stale) linkSync(aside, file);
  rmSync(aside, { force: true });
}

function releaseOnExit(file: string, mine: string): () => void {
  const release = (): void => {
    process.off("exit", release);
    if (read(file) === mine) unlinkSync(file);
  };
  process.once("exit", release);
  return release;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function parseHolder(content: string): Holder | null {
  try {
    return Holder.safeParse(JSON.parse(content)).data ?? null;
  } catch {
    return null;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === "ESRCH") return false;
  }
  const now = startOf(pid);
  return startedAt === null || now === null || now === startedAt;
}

function startOf(pid: number): string | null {
  try {
    // Field 22 of /proc/<pid>/stat; the command name before it may hold blanks and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A killed process that nobody has waited for yet still has its number.
    return fields[0] === "Z" ? "gone" : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
