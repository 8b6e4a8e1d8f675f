"use client";
import { useTranslations } from "next-intl";
import type { FINDING_ACTORS, Finding } from "../../lib/domain/clusters/finding.ts";
import type { Localized } from "../../lib/domain/message.ts";
import { FindingCard } from "./finding-card.tsx";

type Actor = (typeof FINDING_ACTORS)[number];
export type Reader = "team" | "platform" | null;

const ORDER: readonly Actor[] = ["team", "platform", "aws", "nobody"];

/** What is wrong, ordered by who must act: the reader's own first. */
export function FindingList({ findings, reader }: { readonly findings: readonly Localized<Finding>[]; readonly reader: Reader }) {
  const t = useTranslations("uiObject");
  if (findings.length === 0) return null;
  const sorted = findings.toSorted((one, other) => rank(one.actor, reader) - rank(other.actor, reader));
  return (
    <section aria-label={t("findings")} className="grid gap-4">
      <h2 className="sr-only">{t("findings")}</h2>
      {sorted.map((finding) => (
        <FindingCard key={`${finding.code} ${finding.title} ${finding.evidence[0]?.object.name ?? ""}`} finding={finding} reader={reader} />
      ))}
    </section>
  );
}

function rank(actor: Actor, reader: Actor | null): number {
  return actor === reader ? -1 : ORDER.indexOf(actor);
}

/** Who the reader is to an object: of the team that owns it, of the platform, or neither. */
export function readerOf(team: string | null, ownTeams: readonly string[], isPlatform: boolean): Reader {
  return team !== null && ownTeams.includes(team) ? "team" : isPlatform ? "platform" : null;
}
