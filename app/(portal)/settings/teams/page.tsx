import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TeamList } from "../../../../components/tenancy/team-list.tsx";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { getTeam } from "../../../../lib/services/tenancy/get-team.ts";
import { listTeams } from "../../../../lib/services/tenancy/list-teams.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiShell.crumb"))("teams") };
}

export default async function TeamSettings() {
  const { items } = await readForPage(listTeams, {});
  return <TeamList teams={await Promise.all(items.map(({ id }) => readForPage(getTeam, { id })))} />;
}
