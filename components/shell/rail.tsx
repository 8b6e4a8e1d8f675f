"use client";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { Kbd } from "../ui/kbd.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { ManagementFoot } from "./management-foot.tsx";
import { Mark } from "./mark.tsx";
import { NavLinks } from "./nav-links.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { ScopeMenu } from "./scope-menu.tsx";
import type { ShellPerson, ShellTeam } from "./shell-data.ts";

export type RailProps = { readonly person: ShellPerson; readonly teams: readonly ShellTeam[]; readonly onSearch: () => void };

/** The left edge: whose things, search, the ways in; at the foot how fresh the picture is and who is looking. */
export function Rail({ person, teams, onSearch }: RailProps) {
  const t = useTranslations("uiShell");
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-2.5 py-3 text-table">
      <Link href={paths.home()} className="flex h-8 flex-none items-center gap-[9px] rounded-md px-2 text-[15px]">
        <Mark />
        <b>Trellis</b>
      </Link>
      {teams.length > 0 && <ScopeMenu person={person} teams={teams} />}
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Meta+K Control+K"
        className="mt-1.5 mb-2.5 flex h-8 w-full flex-none items-center gap-[9px] rounded-md border border-line bg-surface px-2 text-left text-muted hover:border-line-strong"
      >
        <Search size={16} aria-hidden="true" />
        <span className="flex-1 truncate">{t("search")}</span>
        <Kbd>⌘K</Kbd>
      </button>
      <nav aria-label={t("nav.label")}>
        <NavLinks person={person} teams={teams.map(({ id }) => id)} />
      </nav>
      <div className="mt-auto grid gap-1.5 pt-4">
        <ManagementFoot />
        <PersonMenu person={person} />
      </div>
    </div>
  );
}
