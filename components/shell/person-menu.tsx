"use client";
import { Languages, SunMoon } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { Avatar } from "../ui/avatar.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { otherLanguage, switchLanguage } from "./languages.ts";
import { MenuButton } from "./menu-button.tsx";
import type { ShellPerson } from "./shell-data.ts";

const PersonMenuPopup = dynamic(() => import("./person-menu-popup.tsx").then((module) => module.PersonMenuPopup), { ssr: false });

/** Who is signed in, as whom, and how she likes the page. */
export function PersonMenu({ person }: { readonly person: ShellPerson }) {
  const t = useTranslations("uiShell.person");
  const { setTheme } = useTheme();
  const other = otherLanguage(useLocale());
  return (
    <div className="flex items-center gap-1 border-line border-t pt-2 pl-1">
      <MenuButton
        className="flex min-w-0 flex-1 items-center gap-2 rounded-md px-1 py-1 text-left hover:bg-line-soft"
        popup={PersonMenuPopup}
        data={person}
      >
        <Avatar name={person.name} />
        <span className="truncate">{person.name}</span>
        <span className="sr-only">{t("menu")}</span>
      </MenuButton>
      <IconButton label={t("switchTo", { language: other.name })} onClick={() => switchLanguage(other.code)}>
        <Languages size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={t("toggleTheme")} onClick={() => setTheme(isDarkNow() ? "light" : "dark")}>
        <SunMoon size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function isDarkNow(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}
