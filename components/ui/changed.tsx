"use client";
import { type ReactNode, useState } from "react";

type Props = { readonly value: string | number; readonly children?: ReactNode };

/** A live value: when it becomes another one it is tinted for a moment, so that an eye elsewhere on the page finds it. The first value is no change. */
export function Changed({ value, children = value }: Props) {
  const [seen, setSeen] = useState({ value, times: 0 });
  if (seen.value !== value) setSeen({ value, times: seen.times + 1 });
  return (
    <span key={seen.times} className={seen.times === 0 ? undefined : "changed-tint rounded-sm"}>
      {children}
    </span>
  );
}
