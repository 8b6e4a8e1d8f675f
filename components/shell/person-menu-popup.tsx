"use client";
import { LogOut } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useRef } from "react";
import { apiPaths } from "../../lib/paths.ts";
import { LANGUAGES, switchLanguage } from "./languages.ts";
import type { MenuPopupProps } from "./menu-button.tsx";
import { MenuAction, MenuChoices, MenuFrame } from "./menu-frame.tsx";
import type { ShellPerson } from "./shell-data.ts";

const THEMES = ["system", "light", "dark"] as const;

/** Roles, theme, language, and the way out. */
export function PersonMenuPopup({ data: person, ...popup }: MenuPopupProps<ShellPerson>) {
  const t = useTranslations("uiShell.person");
  const locale = useLocale();
  const { theme, setTheme } = useTheme();
  const signOut = useRef<HTMLFormElement>(null);
  return (
    <MenuFrame {...popup} label={t("label")} side="top">
      <Roles person={person} />
      <MenuChoices
        label={t("theme")}
        value={theme ?? "system"}
        options={THEMES.map((name) => ({ value: name, label: t(`themes.${name}`) }))}
        onChoose={setTheme}
      />
      <MenuChoices
        label={t("language")}
        value={locale}
        options={LANGUAGES.map(({ code, name }) => ({ value: code, label: name, lang: code }))}
        onChoose={switchLanguage}
      />
      <MenuAction icon={<LogOut size={16} aria-hidden="true" className="text-faint" />} onPress={() => signOut.current?.requestSubmit()}>
        {t("signOut")}
      </MenuAction>
      <form ref={signOut} method="post" action={apiPaths.signOut()} hidden />
    </MenuFrame>
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
