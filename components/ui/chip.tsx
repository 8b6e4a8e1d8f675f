"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";

const look =
  "inline-flex min-h-[1.625rem] items-center gap-1.5 rounded-[13px] border border-line bg-surface px-[9px] text-caption text-muted transition-colors duration-(--tr-fast) hover:bg-hover aria-pressed:border-accent-line aria-pressed:bg-selected aria-pressed:font-medium aria-pressed:text-text";

type ViewChipProps = {
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly count?: number | undefined;
  readonly children: ReactNode;
};

/** A saved view: a toggle button with how many it holds. */
export function ViewChip({ pressed, onPress, count, children }: ViewChipProps) {
  return (
    <button type="button" aria-pressed={pressed} onClick={onPress} className={look}>
      {children}
      {count !== undefined && <span className="text-faint tabular-nums">{count}</span>}
    </button>
  );
}

type FilterChipProps = { readonly label: string; readonly value: string; readonly removeLabel: string; readonly onRemove: () => void };

/** A filter in force. Delete and Backspace take it away, as pressing it does. */
export function FilterChip({ label, value, removeLabel, onRemove }: FilterChipProps) {
  return (
    <button
      type="button"
      aria-label={removeLabel}
      onClick={onRemove}
      onKeyDown={(event) => {
        if (event.key === "Delete" || event.key === "Backspace") onRemove();
      }}
      className={look}
    >
      {label} <b className="text-text">{value}</b>
      <X size={14} aria-hidden="true" />
    </button>
  );
}
