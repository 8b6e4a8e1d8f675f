import { useTranslations } from "next-intl";
import { StatusGlyph } from "../ui/status-glyph.tsx";

/** The database lives inside this one process: said on every page, because a second process cannot help. */
export function SingleNodeNotice() {
  const t = useTranslations("uiShell.singleNode");
  return (
    <aside
      aria-label={t("label")}
      className="flex items-start gap-2 border-line border-b bg-canvas px-(--tr-gutter) py-1.5 text-caption text-muted max-md:px-4"
    >
      <StatusGlyph glyph="unknown" size={12} className="mt-0.5" />
      <span>
        <b className="text-text">{t("title")}</b> {t("text")}
      </span>
    </aside>
  );
}
