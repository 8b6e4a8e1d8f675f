"use client";
import { Activity } from "lucide-react";
import { useTranslations } from "next-intl";
import { CLUSTER_STATES } from "../../lib/domain/clusters/cluster-view.ts";
import { ClockTime } from "../ui/clock-time.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { RestOfSentence } from "../ui/rest-of-sentence.tsx";
import { Section } from "../ui/section.tsx";

type Change = { readonly from: string | null; readonly to: string; readonly at: string; readonly sentence: string | null };

/** How the state changed, with the time it was seen. */
export function ClusterActivity({ changes }: { readonly changes: readonly Change[] }) {
  const t = useTranslations("uiClusters.page");
  if (changes.length === 0) {
    return (
      <EmptyState icon={Activity} title={t("noActivity")}>
        {t("noActivityText")}
      </EmptyState>
    );
  }
  return (
    <Section title={t("activity")} note={t("activityHint")}>
      <ol aria-label={t("activity")} className="text-table">
        {changes.map((change) => (
          <li
            key={`${change.at} ${change.to}`}
            className="grid grid-cols-[132px_minmax(0,1fr)] gap-3 border-line-soft border-b py-2 last:border-b-0 max-md:grid-cols-1 max-md:gap-0.5"
          >
            <span className="text-faint">
              <ClockTime at={change.at} seconds />
            </span>
            <span className="min-w-0">
              <b>
                <StateWord state={change.to} />
              </b>{" "}
              {change.sentence !== null && <RestOfSentence sentence={change.sentence} />}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** A stored state may be a word of an older version: then it is shown as it stands. */
function StateWord({ state }: { readonly state: string }) {
  const t = useTranslations("uiClusters.state");
  const known = CLUSTER_STATES.find((name) => name === state);
  return known === undefined ? state : t(known);
}
