"use client";
import { Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { RouteSpec } from "../../lib/domain/routes/route-input.ts";
import { Button } from "../ui/button.tsx";
import { TextInput } from "../ui/input.tsx";
import { Section } from "../ui/section.tsx";
import { Segmented } from "../ui/segmented.tsx";
import type { ShownRoute } from "./route-data.ts";
import { clusterName, useMatchWords } from "./route-words.ts";
import { type Side, sharesOf, sidesOf, twoSided } from "./shift-weights.ts";
import { SideLine } from "./side-line.tsx";

const ShiftDialog = dynamic(() => import("./shift-dialog.tsx").then((module) => module.ShiftDialog), { ssr: false });

const STEPS = ["0", "1", "5", "25", "50", "100"] as const;
const MOST = 999;

type Props = {
  readonly route: ShownRoute /** Null when nothing may be proposed now; `why` says it. */;
  readonly spec: RouteSpec | null;
  readonly why: string | null;
};

/** The weights of rules with more than one side, each side's health beside its slider. Every shift is a request of its own. */
export function WeightShift({ route, spec, why }: Props) {
  const t = useTranslations("uiRoutes.shift");
  const [asked, setAsked] = useState<{ readonly ruleAt: number; readonly weights: readonly number[] } | null>(null);
  const rules = spec?.rules.flatMap((rule, at) => (rule.backends.length < 2 ? [] : [{ rule, at }])) ?? [];
  if (spec === null || rules.length === 0) return null;
  return (
    <Section title={t("title")} note={t("hint")}>
      {rules.map(({ rule, at }) => (
        <RuleShift
          key={JSON.stringify([at, rule.backends.map(({ weight }) => weight)])}
          n={at + 1}
          rule={rule}
          sides={sidesOf(rule, route.path[at])}
          refusal={why}
          onAsk={(weights) => setAsked({ ruleAt: at, weights })}
        />
      ))}
      {asked !== null && <ShiftDialog route={route} spec={spec} {...asked} onClose={() => setAsked(null)} />}
    </Section>
  );
}

type RuleProps = {
  readonly n: number;
  readonly rule: RouteSpec["rules"][number];
  readonly sides: readonly Side[];
  readonly refusal: string | null;
  readonly onAsk: (weights: readonly number[]) => void;
};

function RuleShift({ n, rule, sides, refusal, onAsk }: RuleProps) {
  const t = useTranslations("uiRoutes.shift");
  const words = useMatchWords(rule.match);
  const now = sides.map(({ backend }) => backend.weight);
  const [weights, setWeights] = useState<readonly number[]>(now);
  const moved = weights.some((weight, at) => weight !== now[at]);
  const shares = sharesOf(weights);
  const last = sides.at(-1);
  return (
    <div role="group" aria-label={t("rule", { n })} className="border-line-soft border-b py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0 flex-1 text-table">
          {t("rule", { n })} <code className="[overflow-wrap:anywhere]">{words.main}</code>{" "}
          <small className="text-caption text-muted">{words.rest}</small>
        </p>
        <span className="flex flex-wrap gap-2">
          <Button size="small" refusal={refusal ?? (moved ? null : t("notMoved"))} onClick={() => onAsk(weights)}>
            {t("ask")}
          </Button>
          {sides.length === 2 && last !== undefined && (
            <Button size="small" variant="danger" icon={<Undo2 size={14} aria-hidden="true" />} onClick={() => onAsk(twoSided(0))}>
              {t("back")}
            </Button>
          )}
        </span>
      </div>
      {sides.length === 2 ? (
        <TwoSides sides={sides} shares={shares} onShare={(percent) => setWeights(twoSided(percent))} />
      ) : (
        <ManySides
          sides={sides}
          weights={weights}
          shares={shares}
          onWeight={(at, weight) => setWeights(weights.map((one, side) => (side === at ? weight : one)))}
        />
      )}
    </div>
  );
}

type SidesProps = { readonly sides: readonly Side[]; readonly shares: readonly number[] };

function TwoSides({ sides, shares, onShare }: SidesProps & { readonly onShare: (percent: number) => void }) {
  const t = useTranslations("uiRoutes.shift");
  const id = useId();
  const share = Math.round(shares[1] ?? 0);
  const second = sides[1];
  return (
    <>
      <div className="mt-2 grid grid-cols-2 gap-x-6 gap-y-2 max-md:grid-cols-1">
        {sides.map((side, at) => (
          <SideLine key={side.backend.cluster + side.backend.kubeService} side={side} share={shares[at] ?? 0} end={at === 1} />
        ))}
      </div>
      <label htmlFor={id} className="sr-only">
        {t("slider", { name: second?.backend.kubeService ?? "", cluster: clusterName(second?.backend.cluster ?? null) })}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        value={share}
        aria-valuetext={t("percent", { share })}
        onChange={(event) => onShare(Number(event.target.value))}
        className="mt-1 h-6 w-full accent-(--tr-accent)"
      />
      <Segmented
        label={t("steps")}
        value={STEPS.find((step) => step === String(share)) ?? null}
        options={STEPS.map((step) => ({ value: step, label: t("percent", { share: Number(step) }) }))}
        onChange={(step) => onShare(Number(step))}
      />
    </>
  );
}

function ManySides({
  sides,
  weights,
  shares,
  onWeight,
}: SidesProps & { readonly weights: readonly number[]; readonly onWeight: (at: number, weight: number) => void }) {
  const t = useTranslations("uiRoutes.shift");
  return (
    <ul className="mt-2 grid gap-2">
      {sides.map((side, at) => (
        <li key={side.backend.cluster + side.backend.kubeService} className="grid grid-cols-[minmax(0,1fr)_5.5rem] items-center gap-3">
          <SideLine side={side} share={shares[at] ?? 0} />
          <TextInput
            dense
            type="number"
            min={0}
            max={MOST}
            aria-label={t("weightOf", { name: side.backend.kubeService, cluster: clusterName(side.backend.cluster) })}
            value={weights[at] ?? 0}
            onChange={(event) => onWeight(at, Math.min(MOST, Math.max(0, Math.trunc(Number(event.target.value)) || 0)))}
          />
        </li>
      ))}
    </ul>
  );
}
