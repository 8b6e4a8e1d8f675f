"use client";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import type { MenuPopupProps } from "./menu-button.tsx";
import { MenuChoices, MenuFrame } from "./menu-frame.tsx";
import { setScope } from "./scope.ts";

type Props = MenuPopupProps<{ readonly current: string; readonly teams: readonly string[] }>;

/** The teams to choose from. A list that is open follows at once. */
export function ScopeMenuPopup({ data: { current, teams }, ...popup }: Props) {
  const t = useTranslations("uiShell.scope");
  const router = useRouter();
  const pathname = usePathname();
  const choose = (team: string) => {
    setScope(team);
    const query = team === "" ? {} : { team };
    if (pathname === "/clusters") router.push(paths.clusters(query));
    if (pathname === "/routes") router.push(paths.routes(query));
    if (pathname === "/requests") router.push(paths.requests(query));
  };
  return (
    <MenuFrame {...popup} label={t("label")} side="bottom">
      <MenuChoices
        value={current}
        options={[{ value: "", label: t("all") }, ...teams.map((team) => ({ value: team, label: team }))]}
        onChoose={choose}
      />
    </MenuFrame>
  );
}
