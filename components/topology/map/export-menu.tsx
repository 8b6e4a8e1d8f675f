"use client";
import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { MenuButton } from "../../shell/menu-button.tsx";
import type { ExportKind } from "./export-kinds.ts";

const ExportMenuPopup = dynamic(() => import("./export-menu-popup.tsx").then((module) => module.ExportMenuPopup), { ssr: false });

/** The map as a file: drawn, as text for a document, or as data. */
export function ExportMenu({ onExport }: { readonly onExport: (kind: ExportKind) => void }) {
  const t = useTranslations("uiMap");
  return (
    <MenuButton
      className="inline-flex min-h-8 items-center gap-[7px] rounded-md px-3 font-medium text-muted text-table hover:bg-hover hover:text-text"
      popup={ExportMenuPopup}
      data={{ onExport }}
    >
      <Download size={16} aria-hidden="true" />
      {t("export.label")}
    </MenuButton>
  );
}
