import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { findJson, type SandboxFolder, writePrivateJson } from "../state/sandbox-folder.ts";
import { clusterPlays } from "./cluster-plays.ts";
import { consolePlays } from "./console-plays.ts";
import { FaultEffects, type FaultPlay, faultHand, isSameEffects, noEffects, undo } from "./fault-hand.ts";
import type { FaultScene } from "./fault-scene.ts";
import type { FaultStore, SetFault } from "./fault-store.ts";
import { latticePlays } from "./lattice-plays.ts";
import { targetPlays } from "./target-plays.ts";

const lookEveryMs = 400;
const EffectsFile = z.strictObject({ effects: z.record(z.string(), FaultEffects) });
/** The EKS player asks for its own faults itself; these need a hand of their own. */
const plays: Readonly<Record<string, FaultPlay>> = { ...targetPlays, ...latticePlays, ...consolePlays, ...clusterPlays };

/** Keeps the faults that are set in force and undoes each when it is cleared, also one of an earlier life of this sandbox. */
export function startFaultRunner(options: { folder: SandboxFolder; store: FaultStore; scene: FaultScene; say: (line: string) => void }) {
  const { folder, store, scene, say } = options;
  const ending = new AbortController();
  const file = folder.at("fault-effects.json");
  const effects = new Map(Object.entries(findJson(file, EffectsFile)?.effects ?? {}));

  function remember(id: string, next: FaultEffects | null): void {
    const before = effects.get(id);
    if (next) effects.set(id, next);
    else effects.delete(id);
    if (!next || !before || !isSameEffects(before, next)) writePrivateJson(file, { effects: Object.fromEntries(effects) });
  }

  async function hold(play: FaultPlay, id: string, one: SetFault): Promise<void> {
    const before = effects.get(id) ?? noEffects;
    const at = faultHand(scene, id, one.target, before);
    // Before anything is done: a fault cut short is lifted too.
    if (!effects.has(id)) remember(id, before);
    try {
      await play.hold(at.hand);
    } finally {
      undo(scene, before, at.effects());
      remember(id, at.effects());
    }
  }

  async function lift(id: string): Promise<void> {
    const [name = "", target = ""] = id.split(" ");
    const before = effects.get(id) ?? noEffects;
    const at = faultHand(scene, id, target, before);
    undo(scene, before, noEffects);
    await plays[name]?.lift?.(at.hand);
    remember(id, null);
  }

  async function look(): Promise<void> {
    const wanted = store.list().filter((one) => plays[one.name] !== undefined);
    const ids = new Set(wanted.map(idOf));
    for (const id of [...effects.keys()].filter((one) => !ids.has(one))) await lift(id).catch((error: unknown) => tell(id, error));
    for (const one of wanted) {
      const play = plays[one.name];
      if (play) await hold(play, idOf(one), one).catch((error: unknown) => tell(idOf(one), error));
    }
  }

  function tell(id: string, error: unknown): void {
    if (!ending.signal.aborted) say(`fault ${id}: ${error instanceof Error ? error.message : String(error)}`);
  }

  async function loop(): Promise<void> {
    while (!ending.signal.aborted) {
      await look();
      await sleep(lookEveryMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }
  const looping = loop();
  return {
    stop: async () => {
      ending.abort();
      await looping;
    },
  };
}

function idOf(one: SetFault): string {
  return `${one.name} ${one.target}`;
}
