"use client";
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

const ServerNow = createContext(0);

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const one of listeners) one();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Gives the server's time to the first paint, so that the ages of server and browser agree. */
export function ClockProvider({ serverNow, children }: { readonly serverNow: number; readonly children: ReactNode }) {
  return <ServerNow value={serverNow}>{children}</ServerNow>;
}

/** A value computed from the time, read again every second; renders only when the value (a string or number) changes. */
export function useTicking<Value extends string | number>(of: (nowMs: number) => Value): Value {
  const serverNow = useContext(ServerNow);
  return useSyncExternalStore(
    subscribe,
    () => of(now),
    () => of(serverNow),
  );
}

const never = () => () => {};

/** The browser's time zone; null on the server and in the first paint, which cannot know it. */
export function useBrowserZone(): string | null {
  return useSyncExternalStore(
    never,
    () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );
}
