"use client";
import { Activity } from "lucide-react";
import { useTranslations } from "next-intl";
import { ClockTime } from "./clock-time.tsx";
import { EmptyState } from "./empty-state.tsx";
import { RestOfSentence } from "./rest-of-sentence.tsx";
import { Section } from "./section.tsx";

export type StateChange = { readonly from: string | null; readonly to: string; readonly at: string; readonly sentence: string | null };

/** How the state of an object changed, with the time it was seen. `wordOf` names a state; a word of an older version is shown as it stands. */
export function StateChanges({
  changes,
  wordOf,
}: {
  readonly changes: readonly StateChange[];
  readonly wordOf: (state: string) => string;
}) {
  const t = useTranslations("uiObject");
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
              <b>{wordOf(change.to)}</b> {change.sentence !== null && <RestOfSentence sentence={change.sentence} />}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
