import { createCallLog } from "./call-log.ts";
import type { KnownCaller, KnownRole } from "./callers.ts";
import { createFaultList } from "./faults/fault-list.ts";
import { type LatticeSettings, type LatticeSettingsChange, latticeSettings } from "./lattice-settings.ts";
import { createRateLimit } from "./rate-limit.ts";
import { createEmulatorStore } from "./store/emulator-store.ts";

export type EmulatorClock = { now: () => number };

export type LatticeEmulatorOptions = {
  /** Where the state is kept. */
  readonly file: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly clock?: EmulatorClock;
  /** Divides every delay. */
  readonly speed?: number;
  readonly settings?: LatticeSettingsChange;
  readonly callers: readonly KnownCaller[];
  readonly roles?: readonly KnownRole[];
  /** What `/_sandbox/…` asks for as a bearer token. */
  readonly token: string;
  readonly say?: (line: string) => void;
  /** Chooses among weighted target groups; in [0, 1). */
  readonly random?: () => number;
};

/** Everything one running emulator consists of, apart from its port. */
export function createEmulatorWorld(options: LatticeEmulatorOptions) {
  let settings: LatticeSettings = latticeSettings(options.settings);
  const say = options.say ?? (() => undefined);
  return {
    say,
    random: options.random ?? Math.random,
    clock: options.clock ?? { now: () => Date.now() },
    speed: options.speed ?? 1,
    store: createEmulatorStore(options.file, say),
    faults: createFaultList(),
    log: createCallLog(() => settings.callsKept),
    mayPass: createRateLimit(),
    callers: new Map(options.callers.map((one) => [one.accessKeyId, one])),
    roles: [...(options.roles ?? [])],
    settings: () => settings,
    changeSettings: (change: LatticeSettingsChange) => {
      settings = latticeSettings(change, settings);
    },
  };
}
export type EmulatorWorld = ReturnType<typeof createEmulatorWorld>;
