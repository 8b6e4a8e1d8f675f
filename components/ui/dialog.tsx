"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";

const DialogFrame = dynamic(() => import("./dialog-frame.tsx").then((module) => module.DialogFrame), { ssr: false });

export type DialogProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons, the way back first. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
};

/** Something that must be answered before going on. Focus is trapped and returns; the first field takes it; Esc keeps everything as it was. */
export function Dialog(props: DialogProps) {
  const [wanted, setWanted] = useState(props.open);
  if (props.open && !wanted) setWanted(true);
  return wanted ? <DialogFrame {...props} /> : null;
}
