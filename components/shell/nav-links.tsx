"use client";
import {
  BookOpen,
  Box,
  Building2,
  FileClock,
  House,
  Layers,
  type LucideIcon,
  Map as MapIcon,
  Route,
  ScrollText,
  Settings2,
  Stamp,
} from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { queryKeys } from "../live/query-keys.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { useScope } from "./scope.ts";
import { isPlatformAdmin, mayDecide, type ShellPerson } from "./shell-data.ts";

type Item = { readonly id: string; readonly href: string; readonly icon: LucideIcon; readonly current: boolean; readonly count?: number };

/** The ways into the portal. Approvals carries the one number that waits for the reader. */
export function NavLinks({ person, teams }: { readonly person: ShellPerson; readonly teams: readonly string[] }) {
  const t = useTranslations("uiShell.nav");
  const pathname = usePathname();
  const stored = useScope();
  const query = teams.includes(stored) ? { team: stored } : {};
  const inbox = useLiveQuery(queryKeys.inbox());
  const waiting = inbox.data?.items.filter(({ waitsFor }) => waitsFor === "decision").length ?? 0;
  const under = (prefix: string) => pathname === prefix || pathname.startsWith(`${prefix}/`);
  const admin = isPlatformAdmin(person);
  const main: Item[] = [
    { id: "home", href: paths.home(), icon: House, current: pathname === "/" },
    { id: "clusters", href: paths.clusters(query), icon: Box, current: under("/clusters") },
    { id: "routes", href: paths.routes(query), icon: Route, current: under("/routes") },
    { id: "requests", href: paths.requests(query), icon: FileClock, current: under("/requests") },
    { id: "directory", href: paths.directory(), icon: BookOpen, current: under("/directory") },
    { id: "topology", href: paths.topology(), icon: MapIcon, current: under("/topology") },
  ];
  const inSettings = (section: "blueprints" | "accounts") => under(paths.settings(section));
  const platform: Item[] = [
    ...(mayDecide(person) ? [{ id: "approvals", href: paths.approvals(), icon: Stamp, current: under("/approvals"), count: waiting }] : []),
    ...(admin || person.teams.length > 0
      ? [
          { id: "blueprints", href: paths.settings("blueprints"), icon: Layers, current: inSettings("blueprints") },
          { id: "accounts", href: paths.settings("accounts"), icon: Building2, current: inSettings("accounts") },
        ]
      : []),
    ...(admin ? [{ id: "audit", href: paths.audit(), icon: ScrollText, current: under("/audit") }] : []),
    ...(admin || person.teams.length > 0
      ? [
          {
            id: "settings",
            href: paths.settings(),
            icon: Settings2,
            current: under("/settings") && !inSettings("blueprints") && !inSettings("accounts"),
          },
        ]
      : []),
  ];
  return (
    <>
      <Links items={main} />
      {platform.length > 0 && <p className="px-2 pt-4 pb-1 text-caption text-faint">{t("platform")}</p>}
      <Links items={platform} />
    </>
  );
}

function Links({ items }: { readonly items: readonly Item[] }) {
  const t = useTranslations("uiShell.nav");
  return (
    <ul className="grid gap-px">
      {items.map(({ id, href, icon: Icon, current, count = 0 }) => (
        <li key={id}>
          <Link
            href={href}
            aria-current={current ? "page" : undefined}
            className="group flex min-h-[30px] items-center gap-[9px] rounded-md px-2 text-muted hover:bg-line-soft hover:text-text aria-[current]:bg-selected aria-[current]:font-medium aria-[current]:text-text max-md:min-h-10"
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden="true" className="flex-none group-aria-[current]:text-accent" />
            <span className="min-w-0 truncate">{t(id)}</span>
            {count > 0 && (
              <span className="ml-auto rounded-[9px] bg-ink px-1.5 text-[12px]/[18px] text-on-ink tabular-nums">
                {count}
                <span className="sr-only"> {t("waiting")}</span>
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}
