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

type ChoiceChipProps = {
  readonly label: string;
  readonly any: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
};

/** A filter that looks like a chip and is the browser's own list; the empty value is `any`. */
export function ChoiceChip({ label, any, value, options, onChoose }: ChoiceChipProps) {
  const isSet = value !== "";
  const known = options.some((option) => option.value === value);
  return (
    <label
      className={`inline-flex min-h-[1.625rem] items-center gap-1.5 rounded-[13px] border px-[9px] text-caption text-muted hover:bg-hover ${isSet ? "border-accent-line bg-selected" : "border-line bg-surface"}`}
    >
      {label}
      <select
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className="max-w-36 truncate bg-transparent font-medium text-text"
      >
        <option value="">{any}</option>
        {isSet && !known && <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
