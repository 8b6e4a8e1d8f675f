import type { ReactNode } from "react";
import { StatusGlyph } from "./status-glyph.tsx";

export type HintTone = "plain" | "asking" | "ok" | "warning" | "error";

/** The line under a field: help, "asking", or the verdict. */
export function Hint({
  tone = "plain",
  id,
  children,
}: {
  readonly tone?: HintTone;
  readonly id?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <span id={id} className={`flex items-start gap-[5px] text-caption ${tone === "error" ? "text-failed" : "text-muted"}`}>
      {tone === "asking" && <StatusGlyph glyph="progressing" size={12} className="mt-0.5" />}
      {tone === "ok" && <StatusGlyph glyph="ok" size={12} className="mt-0.5" />}
      {tone === "warning" && <StatusGlyph glyph="attention" size={12} className="mt-0.5" />}
      {tone === "error" && <StatusGlyph glyph="failed" size={12} className="mt-0.5" />}
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </span>
  );
}
