"use client";
import { ChevronsUpDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { MenuButton } from "./menu-button.tsx";
import { useScope } from "./scope.ts";
import { isPlatformAdmin, type ShellPerson, type ShellTeam } from "./shell-data.ts";

const ScopeMenuPopup = dynamic(() => import("./scope-menu-popup.tsx").then((module) => module.ScopeMenuPopup), { ssr: false });

type Props = { readonly person: ShellPerson; readonly teams: readonly ShellTeam[] };

/** Whose things the lists show: one team, or all that the reader may see. */
export function ScopeMenu({ person, teams }: Props) {
  const t = useTranslations("uiShell.scope");
  const stored = useScope();
  const admin = isPlatformAdmin(person);
  const only = teams.length === 1 && !admin ? teams[0] : undefined;
  const team = only ?? teams.find(({ id }) => id === stored);
  const label = team?.id ?? t("all");
  const note = team === undefined ? (admin ? t("platform") : t("teams", { count: teams.length })) : t("members", { count: team.members });
  const face = (
    <>
      <span
        aria-hidden="true"
        className="grid size-6 flex-none place-items-center rounded-sm border border-accent-line bg-accent-bg font-mono font-semibold text-[10px] text-accent"
      >
        {label.slice(0, 2).toUpperCase()}
      </span>
      <span className="grid min-w-0 flex-1 text-left">
        <b className="truncate">{label}</b>
        <small className="text-caption text-muted">{note}</small>
      </span>
    </>
  );
  if (teams.length < 2) return <div className="flex w-full items-center gap-[9px] px-2 py-[5px]">{face}</div>;
  return (
    <MenuButton
      className="flex w-full items-center gap-[9px] rounded-md px-2 py-[5px] hover:bg-line-soft"
      popup={ScopeMenuPopup}
      data={{ current: team?.id ?? "", teams: teams.map(({ id }) => id) }}
    >
      <span className="sr-only">{t("choose")}</span>
      {face}
      <ChevronsUpDown size={16} aria-hidden="true" className="text-faint" />
    </MenuButton>
  );
}
