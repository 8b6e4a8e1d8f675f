"use client";
import { useTranslations } from "next-intl";
import type { Localized } from "../../lib/domain/message.ts";
import type { Impact } from "../../lib/domain/requests/impact.ts";
import { paths } from "../../lib/paths.ts";
import { QuietLink as Link } from "./quiet-link.tsx";
import { Row, Rows } from "./rows.tsx";
import { StatusGlyph } from "./status-glyph.tsx";
import { useJoined } from "./use-joined.ts";

export type ShownImpact = Localized<Impact>;

/** Who would feel it: how many in one sentence, then each with the reason. What the reader may not know by name is counted. */
export function ImpactList({ impact }: { readonly impact: ShownImpact }) {
  const t = useTranslations("uiPlan.impact");
  const joined = useJoined();
  const { sentence, teams, dependents, hidden } = impact;
  return (
    <>
      <p className="text-table">
        {sentence} {teams.length > 0 && <span className="text-muted">{t("teams", { teams: joined(teams) })}</span>}
      </p>
      {dependents.length + hidden > 0 && (
        <Rows label={t("title")}>
          {dependents.map((dependent) => (
            <Row key={`${dependent.kind} ${dependent.team ?? ""} ${dependent.name} ${dependent.sentence}`} top dense>
              <StatusGlyph glyph="attention" className="mt-[3px]" />
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <Name dependent={dependent} />{" "}
                <span className="text-muted">
                  {t(`kind.${dependent.kind}`)}
                  {dependent.team !== null && t("ofTeam", { team: dependent.team })}
                </span>
                <small className="block text-caption text-muted">{dependent.sentence}</small>
              </span>
            </Row>
          ))}
          {hidden > 0 && (
            <Row dense>
              <StatusGlyph glyph="attention" />
              <span className="text-muted">{t("hidden", { count: hidden })}</span>
            </Row>
          )}
        </Rows>
      )}
    </>
  );
}

function Name({ dependent: { kind, name, ref } }: { readonly dependent: ShownImpact["dependents"][number] }) {
  if (ref === null || (kind !== "route" && kind !== "cluster")) return <b>{name}</b>;
  const href = kind === "route" ? paths.route(ref.namespace, ref.name) : paths.cluster(ref.namespace, ref.name);
  return (
    <Link className="link" href={href}>
      {name}
    </Link>
  );
}
