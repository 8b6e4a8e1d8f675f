"use client";
import { useSyncExternalStore } from "react";

const CALM = "(prefers-reduced-motion: reduce)";

/** Does the reader want things to stand still? CSS asks by itself (app/globals.css); this is for what a script moves. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(CALM);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(CALM).matches,
    () => false,
  );
}
