import { existsSync, readFileSync, renameSync } from "node:fs";
import { z } from "zod";
import { writePrivate } from "../../state/sandbox-folder.ts";
import { createForcedStatuses, ForcedStatus } from "../states/forced-statuses.ts";
import { createTargetHealths, TargetHealth } from "../states/target-healths.ts";
import { RegionFile } from "./records.ts";
import { createRegionStore, type RegionStore, regionFile } from "./region-store.ts";
import { createRoleSessions, RoleSession } from "./role-sessions.ts";
import { createShares, Share } from "./shares.ts";

const minWaitMs = 250;
const EmulatorFile = z.strictObject({
  version: z.literal(1),
  regions: z.array(RegionFile),
  sessions: z.array(RoleSession),
  forced: z.array(ForcedStatus),
  healths: z.array(TargetHealth),
  shares: z.array(Share).default([]),
});
type EmulatorFile = z.infer<typeof EmulatorFile>;

/** Everything the emulated AWS remembers, in one file: written whole, a moment after the last change. */
export function createEmulatorStore(file: string, say: (line: string) => void) {
  const kept = readFile(file, say);
  const regions = new Map<string, RegionStore>();
  const keyOf = (place: { account: string; region: string }) => `${place.account} ${place.region}`;
  for (const one of kept?.regions ?? []) regions.set(keyOf(one), createRegionStore(one, one));
  const store = {
    forced: createForcedStatuses(kept?.forced),
    healths: createTargetHealths(kept?.healths),
    sessions: createRoleSessions(kept?.sessions),
    shares: createShares(kept?.shares),
    regions: (): Iterable<RegionStore> => regions.values(),
    region: (place: { account: string; region: string }): RegionStore => {
      const region = regions.get(keyOf(place)) ?? createRegionStore(place);
      regions.set(keyOf(place), region);
      return region;
    },
    /** Forgets every resource, forced status and health; assumed roles stay. */
    reset: () => {
      regions.clear();
      for (const one of store.forced.list()) store.forced.free(one.kind);
      store.healths.clear();
      store.shares.clear();
      changed();
    },
    changed,
    flush,
  };

  let timer: NodeJS.Timeout | null = null;
  let waitMs = minWaitMs;
  function changed(): void {
    timer ??= setTimeout(flush, waitMs);
  }
  function flush(): void {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    const content: EmulatorFile = {
      version: 1,
      regions: [...regions.values()].map(regionFile),
      sessions: store.sessions.list(),
      forced: store.forced.list(),
      healths: store.healths.list(),
      shares: store.shares.list(),
    };
    const began = performance.now();
    writePrivate(file, JSON.stringify(content));
    // A large state is written less often: at most a twentieth of the time goes into it.
    waitMs = Math.max(minWaitMs, 20 * (performance.now() - began));
  }
  return store;
}
export type EmulatorStore = ReturnType<typeof createEmulatorStore>;

/** A file that cannot be read is put aside, never overwritten. */
function readFile(file: string, say: (line: string) => void): EmulatorFile | null {
  if (!existsSync(file)) return null;
  try {
    return EmulatorFile.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const aside = `${file}.unreadable`;
    renameSync(file, aside);
    say(`lattice: the kept state cannot be read and lies now at ${aside}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
