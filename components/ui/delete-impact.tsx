"use client";
import { useTranslations } from "next-intl";
import { Hint } from "./hint.tsx";
import { ImpactList } from "./impact-list.tsx";
import { useLivePlan } from "./use-live-plan.ts";

type Props = { readonly request: { readonly kind: string; readonly team: string | null; readonly input: unknown } };

/** Asks for the plan of a deletion, to say who would feel it before it is sent. Nothing is stored. */
export function DeleteImpact({ request: { kind, team, input } }: Props) {
  const t = useTranslations("uiPlan.impact");
  const { plan, problem } = useLivePlan(team === null ? null : JSON.stringify({ kind, team, input }));
  return (
    <div className="mb-3 text-table">
      <b>{t("title")}</b>
      <div role="status" className="mt-1">
        {plan?.notes.impact != null && <ImpactList impact={plan.notes.impact} />}
        {plan === null && problem === null && <Hint tone="asking">{t("asking")}</Hint>}
        {problem !== null && <Hint tone="warning">{t("notKnown", { reason: problem.message })}</Hint>}
      </div>
    </div>
  );
}
