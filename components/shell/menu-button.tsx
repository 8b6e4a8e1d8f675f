"use client";
import { type ComponentType, type KeyboardEvent, type ReactNode, type RefObject, useRef, useState } from "react";

/** What a menu that opens beside a button gets; `data` is what its button knows. */
export type MenuPopupProps<Data> = {
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly data: Data;
};

type Props<Data> = {
  readonly className: string;
  readonly children: ReactNode;
  readonly popup: ComponentType<MenuPopupProps<Data>>;
  readonly data: Data;
};

/** A button that opens a menu. The menu's code is loaded when the first one opens. */
export function MenuButton<Data>({ className, children, popup: Popup, data }: Props<Data>) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const show = () => {
    setUsed(true);
    setOpen(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    show();
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => (open ? setOpen(false) : show())}
        onKeyDown={onKeyDown}
        className={className}
      >
        {children}
      </button>
      {used && <Popup anchor={anchor} open={open} onOpenChange={setOpen} data={data} />}
    </>
  );
}
