"use client";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Banner } from "../ui/banner.tsx";

/** Says when the browser has no network: the page holds still, drafts are kept. */
export function OfflineNotice() {
  const t = useTranslations("uiShell.offline");
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  if (online) return null;
  return (
    <div className="mb-6">
      <Banner glyph="unknown" title={t("title")}>
        {t("text")}
      </Banner>
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}
