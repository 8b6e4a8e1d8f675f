"use client";
import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

type Props = { readonly text: ReactNode; readonly children: ReactElement; readonly side?: "top" | "bottom" | "left" | "right" };

/** Names an icon or gives a reason; opens on hover and focus, closes on Esc. Nothing needed lives only here. */
export function Tooltip({ text, children, side = "top" }: Props) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} delay={300} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="max-w-[260px] rounded-md bg-ink px-[9px] py-1.5 text-[12px]/[17px] text-on-ink">
            {text}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
