"use client";
import { Keyboard, Menu } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { LiveAge } from "../live/live-age.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { type Crumb, crumbsOf, isOfScope } from "./crumbs-of.ts";
import { useScope } from "./scope.ts";

type Props = {
  readonly scopes: { readonly teams: readonly string[]; readonly only: boolean };
  readonly onMenu: () => void;
  readonly onKeys: () => void;
};

/** Where I am, is it current, which keys act. */
export function TopBar({ scopes, onMenu, onKeys }: Props) {
  const t = useTranslations("uiShell");
  const pathname = usePathname();
  const search = useSearchParams();
  const stored = useScope();
  const scope = scopes.only ? scopes.teams[0] : scopes.teams.find((team) => team === stored);
  const crumbs: readonly Crumb[] = isOfScope(pathname)
    ? [scope === undefined ? { label: "allTeams", href: null } : { text: scope, href: null }, ...crumbsOf(pathname, search)]
    : crumbsOf(pathname, search);
  return (
    <header className="wall:hidden sticky top-0 z-20 flex h-12 items-center gap-3 border-line border-b bg-surface pr-4 pl-(--tr-gutter) text-table max-md:gap-1.5 max-md:pl-2">
      <span className="md:hidden">
        <IconButton label={t("menu")} onClick={onMenu}>
          <Menu size={16} aria-hidden="true" />
        </IconButton>
      </span>
      <nav aria-label={t("breadcrumb")} className="min-w-0">
        <ol className="flex min-w-0 whitespace-nowrap text-muted">
          {crumbs.map((crumb, at) => (
            <CrumbItem key={JSON.stringify(crumb)} crumb={crumb} last={at === crumbs.length - 1} />
          ))}
        </ol>
      </nav>
      <div className="ml-auto flex items-center gap-1">
        <LiveAge />
        <span className="max-md:hidden">
          <IconButton label={t("keys.title")} onClick={onKeys}>
            <Keyboard size={16} aria-hidden="true" />
          </IconButton>
        </span>
      </div>
    </header>
  );
}

function CrumbItem({ crumb, last }: { readonly crumb: Crumb; readonly last: boolean }) {
  const t = useTranslations("uiShell.crumb");
  const word = "text" in crumb ? crumb.text : t(crumb.label);
  return (
    <li
      aria-current={last ? "page" : undefined}
      className="not-first:before:mx-2 not-first:before:text-line-strong not-first:before:content-['/'] aria-[current]:truncate aria-[current]:font-medium aria-[current]:text-text max-md:not-last:hidden max-md:not-first:before:hidden"
    >
      {crumb.href === null ? (
        word
      ) : (
        <Link href={crumb.href} className="hover:text-text hover:underline">
          {word}
        </Link>
      )}
    </li>
  );
}
