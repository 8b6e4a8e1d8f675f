"use client";
import { useFormatter, useTranslations } from "next-intl";
import { Meter } from "./meter.tsx";
import { PanelPart } from "./panel.tsx";
import { readCost, readQuota, type ShownNotes } from "./plan-data.ts";

type Props = { readonly notes: Pick<ShownNotes, "quota" | "cost">; readonly team: string | null };

/** Quota after this and the monthly cost with its assumptions, as two parts of a panel. */
export function PlanNumbers({ notes, team }: Props) {
  const t = useTranslations("uiPlan");
  const quota = readQuota(notes.quota);
  return (
    <>
      {quota !== null && (
        <PanelPart>
          <div className="mb-2 flex justify-between gap-2 text-caption">
            <b>{t("quota", { team: team ?? "" })}</b>
            <span className="text-muted">{t("quotaHint")}</span>
          </div>
          <Meter
            label={t("quotaClusters")}
            text={quota.left < 0 ? t("quotaOver", { ...quota, over: -quota.left }) : t("quotaText", quota)}
            used={quota.used}
            added={quota.adds}
            limit={quota.limit}
          />
        </PanelPart>
      )}
      <PlanCost notes={notes} />
    </>
  );
}

function PlanCost({ notes }: { readonly notes: Props["notes"] }) {
  const t = useTranslations("uiPlan");
  const format = useFormatter();
  const cost = readCost(notes.cost);
  if (cost === null) return null;
  const money = (amount: number) => format.number(amount, { style: "currency", currency: "USD", maximumFractionDigits: 0 });
  return (
    <PanelPart>
      <p>
        <b className="font-semibold text-title tabular-nums tracking-[-0.02em]">{money(cost.monthly)}</b>{" "}
        <span className="text-muted">{t("aMonth")}</span>
      </p>
      <dl className="mt-1.5 grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 text-[12px]/[18px]">
        {cost.lines.map((line) => (
          <div key={line.id} className="contents">
            <dt className="text-muted">{line.label}</dt>
            <dd className="text-right tabular-nums">{line.monthly === null ? t("unpriced") : money(line.monthly)}</dd>
          </div>
        ))}
      </dl>
      {cost.assumptions.length > 0 && (
        <details className="mt-2 text-[12px]/[18px]">
          <summary className="link w-fit cursor-pointer">{t("assumptions")}</summary>
          <ul className="mt-1 list-disc pl-4 text-muted">
            {cost.assumptions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </PanelPart>
  );
}
