"use client";
import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CHANGE_SIGN, type ShownPlanStep } from "./plan-data.ts";
import { YamlDiff } from "./yaml-diff.tsx";
import { YamlView } from "./yaml-view.tsx";

type Props = { readonly steps: readonly ShownPlanStep[] /** Whole manifests instead of what differs. */; readonly whole?: boolean };

const SIGN_COLOUR: Readonly<Record<ShownPlanStep["change"], string>> = {
  create: "text-add",
  change: "text-attention",
  delete: "text-del",
  await: "text-muted",
};

/** Every object of a plan at the left, what happens to the chosen one at the right. */
export function PlanChanges({ steps, whole = false }: Props) {
  const t = useTranslations("uiPlan");
  const [chosen, setChosen] = useState(steps[0]?.n ?? 0);
  const step = steps.find(({ n }) => n === chosen) ?? steps[0];
  if (step === undefined) return null;
  const several = new Set(steps.map(({ destination }) => destination)).size > 1;
  return (
    <div className="mt-3 grid grid-cols-[236px_minmax(0,1fr)] overflow-hidden rounded-md border border-line max-lg:grid-cols-1">
      <ul aria-label={t("objectList")} className="border-line border-r text-[13px]/[18px] max-lg:border-r-0 max-lg:border-b">
        {steps.map((one, at) => (
          <li key={one.n} className="border-line-soft border-b last:border-b-0">
            {several && steps[at - 1]?.destination !== one.destination && (
              <p className="border-line-soft border-b bg-canvas px-3 py-1 text-caption text-muted [overflow-wrap:anywhere]">
                {one.destination}
              </p>
            )}
            <button
              type="button"
              aria-current={one === step}
              onClick={() => setChosen(one.n)}
              className={clsx(
                "flex w-full gap-2.5 px-3 py-[7px] text-left -outline-offset-2 hover:bg-hover",
                one === step && "bg-selected shadow-[inset_2px_0_0_var(--tr-accent)]",
              )}
            >
              <b aria-hidden="true" className={clsx("w-3.5 text-center font-mono", SIGN_COLOUR[one.change])}>
                {CHANGE_SIGN[one.change]}
              </b>
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                {one.ref.kind}{" "}
                <span className={one.change === "create" || one.change === "change" ? "sr-only" : "text-muted"}>
                  {t(`change.${one.change}`)}
                </span>
                <small className="block font-mono text-caption text-muted">{one.ref.name}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="min-w-0">
        <Content step={step} whole={whole} />
      </div>
    </div>
  );
}

function Content({ step, whole }: { readonly step: ShownPlanStep; readonly whole: boolean }) {
  const t = useTranslations("uiPlan");
  const awaited = (proof: string | null) =>
    proof === null ? t("awaitText") : t.has(`proof.${proof}`) ? t(`proof.${proof}`) : t("proof.other");
  const title = t("objectTitle", { kind: step.ref.kind, name: step.ref.name, destination: step.destination });
  if (step.op === "await") return <p className="px-4 py-3 text-muted text-table">{awaited(step.proof)}</p>;
  if (whole && step.yaml !== null) return <YamlView yaml={step.yaml} label={title} />;
  if (step.op === "apply") return <YamlDiff key={step.n} title={title} before={step.baseYaml} after={step.yaml} />;
  return (
    <>
      <p className="px-4 py-3 text-table">{t("deleteText")}</p>
      {step.baseYaml !== null && <YamlDiff key={step.n} title={title} before={step.baseYaml} after={null} />}
    </>
  );
}

/** "6 objects: 2 new, 2 changed, 2 removed". */
export function usePlanSummary(steps: readonly ShownPlanStep[]): string {
  const t = useTranslations("uiPlan");
  const parts = (["create", "change", "delete", "await"] as const).flatMap((change) => {
    const count = steps.filter((step) => step.change === change).length;
    return count === 0 ? [] : [t(`count.${change}`, { count })];
  });
  return parts.join(t("comma"));
}
