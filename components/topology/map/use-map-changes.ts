"use client";
import { useEffect, useState } from "react";
import type { LaidMap } from "./layout-keeper.ts";
import { joinChanges, type MapChanges, mapChanges, NO_CHANGES } from "./map-changes.ts";

/** As long as the tint of a changed value (app/globals.css). */
const SHOWN_MS = 1200;

/** What changed on the map a moment ago. A box that is scrolled into sight later is not among it: its emphasis is over. */
export function useMapChanges(laid: LaidMap): MapChanges {
  const [seen, setSeen] = useState({ laid, changes: NO_CHANGES });
  if (seen.laid.view !== laid.view || seen.laid.layout !== laid.layout) {
    const found = mapChanges(seen.laid, laid);
    setSeen({ laid, changes: found === NO_CHANGES ? seen.changes : joinChanges(seen.changes, found) });
  }
  const { changes } = seen;
  useEffect(() => {
    if (changes === NO_CHANGES) return;
    const timer = setTimeout(() => setSeen((now) => (now.changes === changes ? { ...now, changes: NO_CHANGES } : now)), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [changes]);
  return changes;
}
