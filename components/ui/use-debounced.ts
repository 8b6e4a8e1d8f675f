"use client";
import { useEffect, useState } from "react";

/** The value as it was once it has stood still for `delayMs`. Synchronises with the browser's timer. */
export function useDebounced(value: string, delayMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
