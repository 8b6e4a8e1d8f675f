"use client";
import { type KeyboardEvent, type ReactElement, type ReactNode, type SyntheticEvent, useRef } from "react";

type Props = { readonly text: ReactNode; readonly children: ReactElement; readonly side?: "top" | "bottom" };

const DELAY_MS = 300;
const GAP = 6;
const EDGE = 4;

/** Names an icon or gives a reason; opens on hover and focus, closes on Esc. Readers get the same words from the control itself. */
export function Tooltip({ text, children, side = "top" }: Props) {
  const tip = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hide = () => {
    clearTimeout(timer.current);
    if (tip.current?.matches(":popover-open") === true) tip.current.hidePopover();
  };
  const show = ({ currentTarget }: SyntheticEvent, delayMs: number) => {
    const anchor = currentTarget.firstElementChild;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (anchor !== null && tip.current !== null) place(tip.current, anchor, side);
    }, delayMs);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") hide();
  };
  return (
    <span
      className="contents"
      onPointerOver={(event) => show(event, DELAY_MS)}
      onPointerOut={hide}
      onFocus={(event) => {
        if (event.target.matches(":focus-visible")) show(event, 0);
      }}
      onBlur={hide}
      onPointerDown={hide}
      onKeyDown={onKeyDown}
    >
      {children}
      <span
        ref={tip}
        popover="manual"
        role="tooltip"
        className="fixed inset-auto m-0 w-max max-w-[260px] rounded-md border-0 bg-ink px-[9px] py-1.5 text-left font-normal text-[12px]/[17px] text-on-ink"
      >
        {text}
      </span>
    </span>
  );
}

/** The top layer knows no clipping, so the place is computed from the window: beside the control, turned round where there is no room. */
function place(tip: HTMLElement, anchor: Element, side: "top" | "bottom"): void {
  if (!tip.isConnected) return;
  tip.showPopover();
  const at = anchor.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const above = at.top - height - GAP;
  const below = at.bottom + GAP;
  const top = side === "top" ? (above >= EDGE ? above : below) : below + height <= innerHeight - EDGE ? below : above;
  tip.style.top = `${top}px`;
  tip.style.left = `${Math.max(EDGE, Math.min(innerWidth - width - EDGE, at.left + at.width / 2 - width / 2))}px`;
}
