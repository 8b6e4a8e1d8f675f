"use client";
import { Menu } from "@base-ui/react/menu";
import { Check, ChevronsUpDown } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { menuItem, menuPopup } from "./menu-look.ts";
import { setScope, useScope } from "./scope.ts";
import { isPlatformAdmin, type ShellPerson, type ShellTeam } from "./shell-data.ts";

type Props = { readonly person: ShellPerson; readonly teams: readonly ShellTeam[] };

/** Whose things the lists show: one team, or all that the reader may see. */
export function ScopeMenu({ person, teams }: Props) {
  const t = useTranslations("uiShell.scope");
  const stored = useScope();
  const router = useRouter();
  const pathname = usePathname();
  const only = teams.length === 1 && !isPlatformAdmin(person) ? teams[0]?.id : undefined;
  const current = only ?? teams.find(({ id }) => id === stored)?.id ?? "";
  const team = teams.find(({ id }) => id === current);
  const label = team?.id ?? t("all");
  const note =
    team === undefined
      ? isPlatformAdmin(person)
        ? t("platform")
        : t("teams", { count: teams.length })
      : team.members === null
        ? t("team")
        : t("members", { count: team.members });
  const choose = (id: string) => {
    setScope(id);
    const query = id === "" ? {} : { team: id };
    if (pathname === "/clusters") router.push(paths.clusters(query));
    if (pathname === "/requests") router.push(paths.requests(query));
  };
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
    <Menu.Root>
      <Menu.Trigger className="flex w-full items-center gap-[9px] rounded-md px-2 py-[5px] hover:bg-line-soft">
        <span className="sr-only">{t("choose")}</span>
        {face}
        <ChevronsUpDown size={16} aria-hidden="true" className="text-faint" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner render={<aside aria-label={t("label")} />} align="start" sideOffset={4} className="z-50">
          <Menu.Popup className={menuPopup}>
            <Menu.RadioGroup value={current} onValueChange={(value: unknown) => choose(typeof value === "string" ? value : "")}>
              {["", ...teams.map(({ id }) => id)].map((id) => (
                <Menu.RadioItem key={id} value={id} className={menuItem}>
                  {id === "" ? t("all") : id}
                  <Menu.RadioItemIndicator className="ml-auto">
                    <Check size={14} aria-hidden="true" />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
