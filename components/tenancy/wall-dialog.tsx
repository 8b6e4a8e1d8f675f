"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

type Props = {
  readonly title: string;
  readonly text: string;
  readonly submit: { readonly word: string; readonly variant: "primary" | "danger"; readonly busy: boolean; readonly run: () => void };
  readonly onClose: () => void;
  readonly children?: ReactNode;
};

/** What the questions about a wall link have in common: the way back first, then the one thing that is done. */
export function WallDialog({ title, text, submit, onClose, children }: Props) {
  const t = useTranslations("uiWalls");
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={text}
      actions={
        <>
          <Button shortcut="Esc" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant={submit.variant} busy={submit.busy} onClick={submit.run}>
            {submit.word}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
