"use client";
import { useSyncExternalStore } from "react";

const KEYS_OFF = "trellis.single-keys-off";
const listeners = new Set<() => void>();

function read(): boolean {
  try {
    return localStorage.getItem(KEYS_OFF) !== "1";
  } catch {
    return true;
  }
}

/** Are single-letter shortcuts on? Kept on this device, on at first. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, read, () => true);
}

export function singleKeysOn(): boolean {
  return read();
}

export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(KEYS_OFF, on ? "0" : "1");
  } catch {
    // A browser without storage keeps the default.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}
