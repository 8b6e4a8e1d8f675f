"use client";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { paths, SETTINGS_SECTIONS } from "../../lib/paths.ts";
import { LinkTabs } from "../ui/link-tabs.tsx";

const PLATFORM_ONLY: readonly string[] = ["networks", "walls"];

/** The sections of the settings; what only the platform sees is left out for others. */
export function SettingsTabs({ isPlatform }: { readonly isPlatform: boolean }) {
  const t = useTranslations("uiShell");
  const section = usePathname().split("/")[2] ?? "teams";
  return (
    <LinkTabs
      label={t("crumb.settings")}
      current={section}
      tabs={SETTINGS_SECTIONS.filter((id) => isPlatform || !PLATFORM_ONLY.includes(id)).map((id) => ({
        id,
        label: t(`crumb.${id}`),
        href: paths.settings(id),
      }))}
    />
  );
}
