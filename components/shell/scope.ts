"use client";
import { useSyncExternalStore } from "react";

const KEY = "trellis.scope";
const listeners = new Set<() => void>();

function read(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** The team whose things the lists open with; empty for all of them. Kept on this device. */
export function useScope(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      addEventListener("storage", listener);
      return () => {
        listeners.delete(listener);
        removeEventListener("storage", listener);
      };
    },
    read,
    () => "",
  );
}

export function setScope(team: string): void {
  try {
    localStorage.setItem(KEY, team);
  } catch {
    // Without storage the choice lasts as long as the address says it.
  }
  for (const listener of listeners) listener();
}
