"use client";
import { useLocale, useTranslations } from "next-intl";
import { ChoiceCard, ChoiceGroup } from "../ui/choice.tsx";
import { FormGroup } from "../ui/form-group.tsx";
import { Hint } from "../ui/hint.tsx";
import { Tag } from "../ui/tag.tsx";
import { inLanguage } from "./blueprint-text.ts";
import type { BlueprintOption } from "./form-options.ts";

type Props = {
  readonly blueprints: readonly BlueprintOption[];
  readonly chosen: string /** The one that fits the four answers. */;
  readonly recommended: string | null;
  readonly errors: readonly string[];
  readonly onChoose: (blueprint: BlueprintOption) => void;
};

/** The recipes a team may pick from, one line of purpose and the usual time each. */
export function BlueprintChoice({ blueprints, chosen, recommended, errors, onChoose }: Props) {
  const t = useTranslations("uiClusters.new");
  const locale = useLocale();
  return (
    <FormGroup title={t("blueprint")}>
      <div data-invalid={errors.length > 0 || undefined} className="grid gap-1.5">
        <ChoiceGroup label={t("blueprint")}>
          {blueprints.map((blueprint) => (
            <ChoiceCard
              key={blueprint.id}
              name="blueprint"
              value={blueprint.id}
              checked={blueprint.id === chosen}
              onChange={() => onChoose(blueprint)}
            >
              <b>{inLanguage(blueprint.data.title, locale)}</b> <Tag>{`v${blueprint.version}`}</Tag>{" "}
              {blueprint.id === recommended && <Tag>{t("recommended")}</Tag>}
              <small className="block text-caption text-muted">{inLanguage(blueprint.data.summary, locale)}</small>
              <small className="mt-1 block text-caption text-muted tabular-nums">
                {blueprint.id} · {t("blueprintUsual", { low: blueprint.data.usualMinutes.low, high: blueprint.data.usualMinutes.high })}
              </small>
            </ChoiceCard>
          ))}
        </ChoiceGroup>
        {errors.map((text) => (
          <Hint key={text} tone="error">
            {text}
          </Hint>
        ))}
      </div>
    </FormGroup>
  );
}
