"use client";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { paths, SETTINGS_SECTIONS } from "../../lib/paths.ts";
import { LinkTabs } from "../ui/link-tabs.tsx";

export function SettingsTabs() {
  const t = useTranslations("uiShell");
  const section = usePathname().split("/")[2] ?? "teams";
  return (
    <LinkTabs
      label={t("crumb.settings")}
      current={section}
      tabs={SETTINGS_SECTIONS.map((id) => ({ id, label: t(`crumb.${id}`), href: paths.settings(id) }))}
    />
  );
}
