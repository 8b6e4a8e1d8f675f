"use client";
import { useTranslations } from "next-intl";
import type { RouteSpec } from "../../lib/domain/routes/route-input.ts";
import { Banner } from "../ui/banner.tsx";
import { RequestDialog } from "../ui/request-dialog.tsx";
import type { ShownRoute } from "./route-data.ts";
import { riskySides, sharesOf, sidesOf, withWeights } from "./shift-weights.ts";
import { SideLine } from "./side-line.tsx";

type Props = {
  readonly route: ShownRoute;
  readonly spec: RouteSpec;
  readonly ruleAt: number;
  readonly weights: readonly number[];
  readonly onClose: () => void;
};

/** Asks for other weights. A side without a healthy target is named and must be typed. */
export function ShiftDialog({ route, spec, ruleAt, weights, onClose }: Props) {
  const t = useTranslations("uiRoutes.shift");
  const rule = spec.rules[ruleAt];
  if (rule === undefined) return null;
  const { namespace, name } = route;
  const sides = sidesOf(rule, route.path[ruleAt]);
  const shares = sharesOf(weights);
  const [risky] = riskySides(sides, weights);
  const nobody = weights.every((weight) => weight === 0);
  return (
    <RequestDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("dialogTitle", { n: ruleAt + 1, name })}
      description={t("dialogText")}
      confirm={t("submit")}
      danger={risky !== undefined}
      refusal={nobody ? t("nobody") : null}
      typed={risky === undefined ? null : { name: risky.backend.kubeService, why: t("typeWhy", { name: risky.backend.kubeService }) }}
      request={{ kind: "route.change", team: route.team, input: () => ({ namespace, name, spec: withWeights(spec, ruleAt, weights) }) }}
    >
      {() => (
        <>
          <div className="grid gap-2">
            {sides.map((side, at) => (
              <SideLine key={side.backend.cluster + side.backend.kubeService} side={side} share={shares[at] ?? 0} />
            ))}
          </div>
          {risky !== undefined && (
            <Banner glyph="attention" title={t("riskyTitle", { name: risky.backend.kubeService })}>
              {t("riskyText")}
            </Banner>
          )}
        </>
      )}
    </RequestDialog>
  );
}
