"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { paths } from "../../lib/paths.ts";
import { useShortcuts } from "../ui/shortcuts.tsx";
import { OfflineNotice } from "./offline-notice.tsx";
import { Rail } from "./rail.tsx";
import { isPlatformAdmin, maySubmit, type ShellPerson, type ShellTeam } from "./shell-data.ts";
import { TopBar } from "./top-bar.tsx";

const CommandPalette = dynamic(() => import("./command-palette.tsx").then((module) => module.CommandPalette), { ssr: false });
const KeysDialog = dynamic(() => import("./keys-dialog.tsx").then((module) => module.KeysDialog), { ssr: false });
const MobileMenu = dynamic(() => import("./mobile-menu.tsx").then((module) => module.MobileMenu), { ssr: false });

type Open = "palette" | "keys" | "menu" | null;
type Props = {
  readonly person: ShellPerson;
  readonly teams: readonly ShellTeam[];
  readonly notice: ReactNode;
  readonly children: ReactNode;
};

/** What stands around every page. Palette, keys and the phone's menu are loaded when they are first opened. */
export function Shell({ person, teams, notice, children }: Props) {
  const t = useTranslations("uiShell");
  const router = useRouter();
  const [open, setOpen] = useState<Open>(null);
  const [loaded, setLoaded] = useState<ReadonlySet<Open>>(new Set());
  const show = (which: Open) => {
    setLoaded(new Set([...loaded, which]));
    setOpen(which);
  };
  const shortcuts = useMemo(() => {
    const reveal = (which: Open) => {
      setLoaded((before) => new Set([...before, which]));
      setOpen(which);
    };
    return [
      { keys: "mod+k", label: t("keys.palette"), run: () => reveal("palette") },
      { keys: "?", label: t("keys.show"), run: () => reveal("keys") },
      ...(maySubmit(person) ? [{ keys: "c", label: t("keys.newCluster"), run: () => router.push(paths.newCluster()) }] : []),
    ];
  }, [t, person, router]);
  useShortcuts(shortcuts);
  const close = () => setOpen(null);
  const scopes = { teams: teams.map(({ id }) => id), only: teams.length === 1 && !isPlatformAdmin(person) };
  const rail = <Rail person={person} teams={teams} onSearch={() => show("palette")} />;
  return (
    <>
      <a href="#main" className="absolute -left-[999px] z-50 rounded-md bg-ink px-3 py-2 text-on-ink text-table focus:top-2 focus:left-2">
        {t("skip")}
      </a>
      <div className="min-h-screen md:grid md:grid-cols-[var(--tr-rail)_minmax(0,1fr)]">
        <aside aria-label={t("rail")} className="sticky top-0 flex h-screen flex-col max-md:hidden wall:hidden">
          {rail}
        </aside>
        {/* A page marked `data-fill` ends at the lower edge of the window, whatever notices stand above it. */}
        <div className="flex min-h-screen min-w-0 flex-col border-line bg-surface md:border-l md:has-data-fill:h-dvh">
          <TopBar scopes={scopes} onMenu={() => show("menu")} onKeys={() => show("keys")} />
          {notice}
          <main
            id="main"
            tabIndex={-1}
            className="w-full max-w-[1280px] flex-1 has-data-wide:max-w-none md:has-data-fill:flex md:has-data-fill:flex-col px-(--tr-gutter) pt-6 pb-16 outline-none max-md:px-4 max-md:pt-4"
          >
            <OfflineNotice />
            {children}
          </main>
        </div>
      </div>
      {loaded.has("palette") && (
        <CommandPalette open={open === "palette"} onOpenChange={(next) => (next ? show("palette") : close())} person={person} />
      )}
      {loaded.has("keys") && <KeysDialog open={open === "keys"} onOpenChange={(next) => (next ? show("keys") : close())} />}
      {loaded.has("menu") && (
        <MobileMenu open={open === "menu"} onOpenChange={(next) => (next ? show("menu") : close())}>
          {rail}
        </MobileMenu>
      )}
    </>
  );
}
