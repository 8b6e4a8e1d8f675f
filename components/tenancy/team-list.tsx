import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Localized } from "../../lib/domain/message.ts";
import type { TeamDetailView } from "../../lib/domain/tenancy/tenancy-view.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Meter } from "../ui/meter.tsx";
import { PlainTable } from "../ui/plain-table.tsx";
import { Section } from "../ui/section.tsx";
import { Tag } from "../ui/tag.tsx";

type Team = Localized<TeamDetailView>;type Props = { readonly teams: readonly Team[] };

/** Who belongs to which team, where the right comes from, and how much of the quota is used. */
export function TeamList({ teams }: Props) {
  const t = useTranslations("uiSettings.teams");
  if (teams.length === 0) return <EmptyState icon={Users} title={t("empty")} />;
  return teams.map((team) => <TeamSection key={team.id} team={team} />);
}

function TeamSection({ team: { id, description, namespace, quota, members, accounts } }: { readonly team: Team }) {
  const t = useTranslations("uiSettings.teams");
  return (
    <Section title={id} note={description}>
      <div className="mt-3 max-w-[24rem]">
        <Meter label={t("quota")} text={t("quotaText", { used: quota.used, limit: quota.limit })} used={quota.used} limit={quota.limit} />
      </div>
      <p className="mt-3 flex flex-wrap items-center gap-2 text-muted text-table">
        {t("namespace")} <code className="text-text">{namespace}</code>
        {accounts.length > 0 && t("accounts")}
        {accounts.map((account) => (
          <Tag key={account}>{account}</Tag>
        ))}
      </p>
      <div className="mt-3">
        {members.length === 0 ? (
          <p className="py-2 text-muted text-table">{t("nobody")}</p>
        ) : (
          <PlainTable
            label={t("members", { team: id })}
            columns={[
              { id: "name", header: t("name") },
              { id: "role", header: t("roleHead"), width: "w-[25%]", narrow: "right" },
              { id: "source", header: t("source"), width: "w-[30%]" },
            ]}
            rows={members.map(({ person, role, source }) => ({
              key: `${person.id}/${role}/${source}`,
              cells: { name: person.name, role: t(`role.${role}`), source: <span className="text-muted">{t(`from.${source}`)}</span> },
            }))}
          />
        )}
      </div>
    </Section>
  );
}
