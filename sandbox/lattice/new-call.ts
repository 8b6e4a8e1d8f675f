import type { Caller } from "./callers.ts";
import type { EmulatorWorld } from "./emulator-world.ts";
import type { Call } from "./operations/call.ts";
import { isHeld } from "./states/resource-statuses.ts";
import { type RegionStore, sweepGone } from "./store/region-store.ts";

/** Everything an operation needs to know about where, when and by whom it is called. */
export function newCall(world: EmulatorWorld, { store, caller, now }: { store: RegionStore; caller: Caller; now?: number }): Call {
  const { forced, healths, sessions, shares } = world.store;
  return {
    now: now ?? world.clock.now(),
    caller,
    store,
    regions: () => [...world.store.regions()].filter((one) => one.region === store.region),
    shares,
    settings: world.settings(),
    speed: world.speed,
    forced,
    healths,
    roles: world.roles,
    sessions,
  };
}

/** Takes out of every account what is gone by now, before anybody looks. */
export function sweepWorld(world: EmulatorWorld): void {
  const now = world.clock.now();
  const { forced } = world.store;
  for (const store of world.store.regions())
    if (sweepGone(store, now, (record) => isHeld({ now, store, forced }, record))) world.store.changed();
}
