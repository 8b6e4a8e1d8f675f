"use client";
import { Menu } from "@base-ui/react/menu";
import { useTranslations } from "next-intl";
import type { MenuPopupProps } from "../../shell/menu-button.tsx";
import { MenuFrame } from "../../shell/menu-frame.tsx";
import { EXPORT_KINDS, type ExportKind } from "./export-kinds.ts";

export function ExportMenuPopup({ data: { onExport }, ...popup }: MenuPopupProps<{ readonly onExport: (kind: ExportKind) => void }>) {
  const t = useTranslations("uiMap.export");
  return (
    <MenuFrame {...popup} label={t("label")} side="bottom">
      {EXPORT_KINDS.map((kind) => (
        <Menu.Item
          key={kind}
          onClick={() => onExport(kind)}
          className="flex min-h-[34px] w-full cursor-default items-center px-3 outline-none data-[highlighted]:bg-selected"
        >
          {t(kind)}
        </Menu.Item>
      ))}
    </MenuFrame>
  );
}
