"use client";
import { useTranslations } from "next-intl";
import { queryKeys } from "../../live/query-keys.ts";
import { useLiveQuery } from "../../live/use-live-query.ts";
import { Hint } from "../../ui/hint.tsx";
import { ImpactList } from "../../ui/impact-list.tsx";
import { Section } from "../../ui/section.tsx";

/** Who would feel it if the selected node went, asked when its panel opens. */
export function PanelImpact({ id }: { readonly id: string }) {
  const t = useTranslations("uiPlan.impact");
  const { data, error } = useLiveQuery(queryKeys.impact(id));
  return (
    <Section title={t("title")} flush>
      <div role="status" className="pt-1 text-table">
        {data !== undefined && <ImpactList impact={data} />}
        {data === undefined && error === null && <Hint tone="asking">{t("asking")}</Hint>}
        {data === undefined && error !== null && <Hint tone="warning">{t("notKnown", { reason: error.message })}</Hint>}
      </div>
    </Section>
  );
}
