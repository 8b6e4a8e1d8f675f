"use client";
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import type { DialogProps } from "./dialog.tsx";

/** The dialog itself, loaded when the first one opens. */
export function DialogFrame({ open, onOpenChange, title, description, children, actions, wide = false }: DialogProps) {
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-black/30 transition-opacity duration-(--tr-calm) data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-40 grid place-items-center overflow-y-auto p-4">
          <BaseDialog.Popup
            className={`w-full rounded-lg border border-line bg-raised shadow-dialog transition-opacity duration-(--tr-calm) data-[ending-style]:opacity-0 data-[starting-style]:opacity-0 ${wide ? "max-w-[720px]" : "max-w-[460px]"}`}
          >
            <div className="px-5 py-4">
              <BaseDialog.Title className="font-semibold text-lead">{title}</BaseDialog.Title>
              {description !== undefined && (
                <BaseDialog.Description className="mt-1 text-muted text-table">{description}</BaseDialog.Description>
              )}
            </div>
            {children !== undefined && <div className="grid gap-4 border-line border-t px-5 py-4">{children}</div>}
            {actions !== undefined && <div className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-4">{actions}</div>}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
