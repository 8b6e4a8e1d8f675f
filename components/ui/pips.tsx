import type { StatusStep } from "../../lib/domain/clusters/cluster-view.ts";
import { type Tone, toneClass } from "./tone.ts";

export type PipState = StatusStep["state"];

const LOOK: Readonly<Record<PipState, { readonly tone: Tone; readonly className: string }>> = {
  done: { tone: "ok", className: "bg-(--tone)" },
  current: { tone: "progressing", className: "hatched [--hatch:var(--tone)] [--hatch-line:var(--tone-line)]" },
  stuck: { tone: "attention", className: "-mt-0.5 h-2.5 bg-(--tone)" },
  failed: { tone: "failed", className: "-mt-0.5 h-2.5 bg-(--tone)" },
  todo: { tone: "unknown", className: "opacity-60 shadow-[inset_0_0_0_1px_var(--tr-line-strong)]" },
};

/** The steps of something under way, one bar each; `label` says the same in words. */
export function Pips({ states, label }: { readonly states: readonly PipState[]; readonly label: string }) {
  return (
    <div role="img" aria-label={label} className="flex gap-[3px]">
      {states.map((state, at) => (
        <span key={at} className={`h-1.5 flex-1 rounded-[1px] ${toneClass(LOOK[state].tone)} ${LOOK[state].className}`} />
      ))}
    </div>
  );
}
