"use client";
import { useMemo, useState } from "react";

/** Which rows of a table are selected. */
export function useSelection(): { readonly keys: ReadonlySet<string>; readonly onToggle: (key: string) => void } {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      keys,
      onToggle: (key: string) =>
        setKeys((chosen) => (chosen.has(key) ? new Set([...chosen].filter((one) => one !== key)) : new Set([...chosen, key]))),
    }),
    [keys],
  );
}
