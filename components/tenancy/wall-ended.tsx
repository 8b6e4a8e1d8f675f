import { MonitorX } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "../ui/empty-state.tsx";

/** A screen whose link is over says so and whom to ask, in words that are read from afar. */
export function WallEnded() {
  const t = useTranslations("uiWall");
  return (
    <main id="main" className="grid min-h-screen place-items-center bg-surface p-5">
      <div className="max-w-[44em]">
        <h1 className="sr-only">{t("title")}</h1>
        <EmptyState icon={MonitorX} title={t("ended.title")}>
          {t("ended.text")}
        </EmptyState>
      </div>
    </main>
  );
}
