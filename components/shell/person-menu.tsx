"use client";
import { Menu } from "@base-ui/react/menu";
import { Check, Languages, LogOut, SunMoon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { startTransition } from "react";
import { setLocaleAction, signOutAction } from "../../lib/actions/session.ts";
import { Avatar } from "../ui/avatar.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { menuItem, menuLabel, menuPopup } from "./menu-look.ts";
import type { ShellPerson } from "./shell-data.ts";

const LANGUAGES = [
  { locale: "en", name: "English" },
  { locale: "ja", name: "日本語" },
] as const;
const THEMES = ["system", "light", "dark"] as const;

/** Who is signed in, as whom, and how she likes the page. */
export function PersonMenu({ person }: { readonly person: ShellPerson }) {
  const t = useTranslations("uiShell.person");
  const locale = useLocale();
  const { setTheme } = useTheme();
  const other = LANGUAGES.find((language) => language.locale !== locale) ?? LANGUAGES[0];
  return (
    <div className="flex items-center gap-1 border-line border-t pt-2 pl-1">
      <Menu.Root>
        <Menu.Trigger className="flex min-w-0 flex-1 items-center gap-2 rounded-md px-1 py-1 text-left hover:bg-line-soft">
          <Avatar name={person.name} />
          <span className="truncate">{person.name}</span>
          <span className="sr-only">{t("menu")}</span>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner render={<aside aria-label={t("label")} />} side="top" align="start" sideOffset={6} className="z-50">
            <Menu.Popup className={menuPopup}>
              <Roles person={person} />
              <ThemeChoice />
              <Menu.Group>
                <Menu.GroupLabel className={menuLabel}>{t("language")}</Menu.GroupLabel>
                <Menu.RadioGroup value={locale} onValueChange={(value: unknown) => switchTo(String(value))}>
                  {LANGUAGES.map(({ locale: code, name }) => (
                    <Menu.RadioItem key={code} value={code} lang={code} className={menuItem}>
                      {name}
                      <Menu.RadioItemIndicator className="ml-auto">
                        <Check size={14} aria-hidden="true" />
                      </Menu.RadioItemIndicator>
                    </Menu.RadioItem>
                  ))}
                </Menu.RadioGroup>
              </Menu.Group>
              <Menu.Separator className="my-1.5 h-px bg-line" />
              <Menu.Item className={menuItem} onClick={() => startTransition(() => signOutAction())}>
                <LogOut size={16} aria-hidden="true" className="text-faint" />
                {t("signOut")}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <IconButton label={t("switchTo", { language: other.name })} onClick={() => switchTo(other.locale)}>
        <Languages size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={t("toggleTheme")} onClick={() => setTheme(isDarkNow() ? "light" : "dark")}>
        <SunMoon size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function Roles({ person }: { readonly person: ShellPerson }) {
  const t = useTranslations("uiShell.person");
  const lines = [
    ...person.globalRoles.map((role) => t(`global.${role}`)),
    ...person.teams.map(({ id, role }) => t(`team.${role}`, { team: id })),
  ];
  return (
    <div className="border-line border-b px-3 pt-1 pb-2">
      <b>{person.name}</b>
      {(lines.length > 0 ? lines : [t("noRole")]).map((line) => (
        <small key={line} className="block text-caption text-muted">
          {line}
        </small>
      ))}
    </div>
  );
}

function ThemeChoice() {
  const t = useTranslations("uiShell.person");
  const { theme, setTheme } = useTheme();
  return (
    <Menu.Group>
      <Menu.GroupLabel className={menuLabel}>{t("theme")}</Menu.GroupLabel>
      <Menu.RadioGroup value={theme ?? "system"} onValueChange={(value: unknown) => setTheme(String(value))}>
        {THEMES.map((name) => (
          <Menu.RadioItem key={name} value={name} className={menuItem}>
            {t(`themes.${name}`)}
            <Menu.RadioItemIndicator className="ml-auto">
              <Check size={14} aria-hidden="true" />
            </Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}

function isDarkNow(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

/** Every sentence on the page comes from the server in one language, so all of it is read again. */
function switchTo(locale: string): void {
  startTransition(async () => {
    await setLocaleAction(locale);
    location.reload();
  });
}
