"use client";
import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import type { MenuPopupProps } from "./menu-button.tsx";

const item = "flex min-h-[34px] w-full cursor-default items-center gap-2.5 px-3 text-left outline-none data-[highlighted]:bg-selected";

type FrameProps = Omit<MenuPopupProps<never>, "data"> & {
  readonly label: string;
  readonly side: "top" | "bottom";
  readonly children: ReactNode;
};

/** A menu beside its button: arrows move, Esc returns the focus. Stands in a landmark of its own. */
export function MenuFrame({ anchor, open, onOpenChange, label, side, children }: FrameProps) {
  return (
    <Menu.Root
      open={open}
      onOpenChange={(next, { event }) => {
        // A press on the button is the button's own to answer.
        if (event.target instanceof Node && anchor.current?.contains(event.target) === true) return;
        onOpenChange(next);
      }}
    >
      <Menu.Portal>
        <Menu.Positioner
          anchor={anchor}
          render={<div role="region" aria-label={label} />}
          side={side}
          align="start"
          sideOffset={6}
          className="z-50"
        >
          <Menu.Popup
            aria-label={label}
            finalFocus={anchor}
            className="min-w-[13rem] rounded-lg border border-line bg-raised py-1.5 text-table shadow-pop outline-none"
          >
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

type ChoicesProps = {
  readonly label?: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly lang?: string }[];
  readonly onChoose: (value: string) => void;
};

/** One of several; the chosen one carries a check. */
export function MenuChoices({ label, value, options, onChoose }: ChoicesProps) {
  return (
    <Menu.Group>
      {label !== undefined && <Menu.GroupLabel className="px-3 pt-2 pb-0.5 text-caption text-faint">{label}</Menu.GroupLabel>}
      <Menu.RadioGroup value={value} onValueChange={(next: unknown) => onChoose(String(next))}>
        {options.map((option) => (
          <Menu.RadioItem key={option.value} value={option.value} lang={option.lang} closeOnClick className={item}>
            {option.label}
            <Menu.RadioItemIndicator className="ml-auto">
              <Check size={14} aria-hidden="true" />
            </Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}

export function MenuAction({
  icon,
  children,
  onPress,
}: {
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly onPress: () => void;
}) {
  return (
    <>
      <Menu.Separator className="my-1.5 h-px bg-line" />
      <Menu.Item className={item} onClick={onPress}>
        {icon}
        {children}
      </Menu.Item>
    </>
  );
}
