"use client";
import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MouseEvent, ReactNode } from "react";
import { IconButton } from "../ui/icon-button.tsx";

type Props = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void; readonly children: ReactNode };

/** The rail on a phone. Going somewhere closes it. */
export function MobileMenu({ open, onOpenChange, children }: Props) {
  const t = useTranslations("uiShell");
  const closeOnLink = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest("a") !== null) onOpenChange(false);
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Popup
          onClick={closeOnLink}
          className="fixed inset-y-0 left-0 z-40 flex w-[min(19rem,88vw)] flex-col bg-canvas shadow-dialog"
        >
          <Dialog.Title className="sr-only">{t("menu")}</Dialog.Title>
          <span className="absolute top-3 right-2.5">
            <IconButton label={t("closeMenu")} onClick={() => onOpenChange(false)}>
              <X size={16} aria-hidden="true" />
            </IconButton>
          </span>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
