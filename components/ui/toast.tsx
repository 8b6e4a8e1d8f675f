"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo, useState } from "react";
import { IconButton } from "./icon-button.tsx";
import { StatusGlyph } from "./status-glyph.tsx";

type Toast = { readonly id: number; readonly kind: "done" | "failed"; readonly title: string; readonly text?: string | undefined };
type Say = (title: string, text?: string) => void;
export type Toaster = { readonly done: Say; readonly failed: Say };

const DONE_MS = 6000;
const ToasterContext = createContext<Toaster>({ done: () => {}, failed: () => {} });

/** Says that something was done (polite, goes by itself) or failed (assertive, stays until closed). Never the only place of a message. */
export function useToaster(): Toaster {
  return useContext(ToasterContext);
}

let lastId = 0;

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const toaster = useMemo<Toaster>(() => {
    const add =
      (kind: Toast["kind"]): Say =>
      (title, text) =>
        setToasts((shown) => [...shown.slice(-3), { id: ++lastId, kind, title, text }]);
    return { done: add("done"), failed: add("failed") };
  }, []);
  const close = (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id));
  return (
    <ToasterContext value={toaster}>
      {children}
      <div className="pointer-events-none fixed right-4 bottom-4 z-50 grid w-[min(380px,calc(100vw-2rem))] gap-2">
        <div role="status" className="grid gap-2">
          {toasts.map((toast) => toast.kind === "done" && <ToastCard key={toast.id} toast={toast} onClose={close} />)}
        </div>
        <div role="alert" className="grid gap-2">
          {toasts.map((toast) => toast.kind === "failed" && <ToastCard key={toast.id} toast={toast} onClose={close} />)}
        </div>
      </div>
    </ToasterContext>
  );
}

function ToastCard({ toast, onClose }: { readonly toast: Toast; readonly onClose: (id: number) => void }) {
  const t = useTranslations("uiKit");
  const [held, setHeld] = useState(false);
  const { id, kind } = toast;
  const leave = useEffectEvent(() => onClose(id));
  useEffect(() => {
    if (kind === "failed" || held) return;
    const timer = setTimeout(leave, DONE_MS);
    return () => clearTimeout(timer);
  }, [kind, held]);
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="enter-calm pointer-events-auto flex items-start gap-2.5 rounded-lg border border-line bg-raised px-3.5 py-[11px] text-table shadow-pop"
    >
      <StatusGlyph glyph={kind === "done" ? "ok" : "failed"} className="mt-[3px]" />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <b>{toast.title}</b>
        {toast.text !== undefined && <small className="block text-caption text-muted">{toast.text}</small>}
      </div>
      <span className="-m-1">
        <IconButton label={t("close")} onClick={() => onClose(id)}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </span>
    </div>
  );
}
