"use client";
import { useSyncExternalStore } from "react";
import type { LiveStatus } from "./live-protocol.ts";

/** Is the stream open, and when did it last say something? `heardAt` is 0 before the first word. */
export type LiveState = { readonly status: LiveStatus; readonly heardAt: number };

const START: LiveState = { status: "connecting", heardAt: 0 };
const listeners = new Set<() => void>();
let state = START;

export const LiveStateStore = {
  set: (change: Partial<LiveState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  },
};

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
    () => START,
  );
}
