"use client";
import { useTranslations } from "next-intl";
import { TextInput } from "../ui/input.tsx";
import type { RuleDraft, SideDraft } from "./route-draft.ts";
import { clusterName } from "./route-words.ts";
import { sharesOf } from "./shift-weights.ts";

type Props = {
  readonly n: number;
  readonly rule: RuleDraft;
  readonly sides: readonly SideDraft[];
  readonly onEdit: (patch: Partial<RuleDraft>) => void;
};

/** Where a rule sends calls: a weight for each side, empty for none, and what that is in percent. */
export function RuleWeights({ n, rule, sides, onEdit }: Props) {
  const t = useTranslations("uiRoutes.form");
  const typed = sides.map(({ key }) => rule.weights[key] ?? "");
  const shares = sharesOf(typed.map((weight) => Number(weight) || 0));
  return (
    <div
      role="group"
      aria-label={t("sendTo", { n })}
      className="grid grid-cols-[max-content_minmax(0,1fr)] items-start gap-x-3 text-caption"
    >
      <span aria-hidden="true" className="pt-1.5 text-muted">
        {t("sendToShort")}
      </span>
      <div className="grid gap-1.5">
        {sides.map((side, at) => (
          <label key={side.key} className="inline-flex min-w-0 items-center gap-1.5">
            <span className="w-14 flex-none">
              <TextInput
                dense
                inputMode="numeric"
                aria-label={t("weight", {
                  n,
                  name: side.kubeService === "" ? t("side", { n: at + 1 }) : side.kubeService,
                  cluster: clusterName(side.cluster),
                })}
                value={typed[at] ?? ""}
                onChange={(event) => onEdit({ weights: { ...rule.weights, [side.key]: event.target.value } })}
              />
            </span>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {side.kubeService === "" ? t("side", { n: at + 1 }) : side.kubeService}
              {side.cluster !== "" && <span className="text-muted"> {clusterName(side.cluster)}</span>}
            </span>
            <b className="text-muted tabular-nums">{typed[at] === "" ? t("notUsed") : t("percent", { share: shares[at] ?? 0 })}</b>
          </label>
        ))}
      </div>
    </div>
  );
}
