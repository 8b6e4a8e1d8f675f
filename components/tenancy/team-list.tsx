import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Localized } from "../../lib/domain/message.ts";
import type { TeamView } from "../../lib/domain/tenancy/tenancy-view.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Meter } from "../ui/meter.tsx";
import { PlainTable } from "../ui/plain-table.tsx";
import { Section } from "../ui/section.tsx";
import { Tag } from "../ui/tag.tsx";
import { useJoined } from "../ui/use-joined.ts";

type Team = Localized<TeamView>;
type Props = { readonly teams: readonly Team[] };

/** Who belongs to which team, where the right comes from, and how much of the quota is used. */
export function TeamList({ teams }: Props) {
  const t = useTranslations("uiSettings.teams");
  if (teams.length === 0) return <EmptyState icon={Users} title={t("empty")} />;
  return teams.map((team) => <TeamSection key={team.id} team={team} />);
}

function TeamSection({ team: { id, description, clusters, people, groups } }: { readonly team: Team }) {
  const t = useTranslations("uiSettings.teams");
  const joined = useJoined();
  return (
    <Section title={id} note={description}>
      <div className="mt-3 max-w-[24rem]">
        <Meter label={t("quota")} text={t("quotaText", clusters)} used={clusters.used} limit={clusters.limit} />
      </div>
      {groups.length > 0 && (
        <p className="mt-3 flex flex-wrap items-center gap-2 text-muted text-table">
          {t("groups")}
          {groups.map(({ group, role }) => (
            <Tag key={`${group}/${role}`}>
              <span className="font-mono">{group}</span> → {t(`role.${role}`)}
            </Tag>
          ))}
        </p>
      )}
      <div className="mt-3">
        {people.length === 0 ? (
          <p className="py-2 text-muted text-table">{t("nobody")}</p>
        ) : (
          <PlainTable
            label={t("members", { team: id })}
            columns={[
              { id: "name", header: t("name") },
              { id: "role", header: t("roleHead"), width: "w-[25%]", narrow: "right" },
              { id: "source", header: t("source"), width: "w-[30%]" },
            ]}
            rows={mergeSources(people).map(({ id: personId, name, role, sources }) => ({
              key: `${personId}/${role}`,
              cells: {
                name,
                role: t(`role.${role}`),
                source: <span className="text-muted">{joined(sources.map((source) => t(`from.${source}`)))}</span>,
              },
            }))}
          />
        )}
      </div>
    </Section>
  );
}

type Source = Team["people"][number]["source"];

/** The same role from two sources is one line. */
function mergeSources(
  people: Team["people"],
): readonly (Omit<Team["people"][number], "source"> & { readonly sources: readonly Source[] })[] {
  const byRole = new Map<string, Team["people"]>();
  for (const person of people) {
    const key = `${person.id}/${person.role}`;
    byRole.set(key, [...(byRole.get(key) ?? []), person]);
  }
  return [...byRole.values()].flatMap((same) => (same[0] === undefined ? [] : [{ ...same[0], sources: same.map(({ source }) => source) }]));
}
