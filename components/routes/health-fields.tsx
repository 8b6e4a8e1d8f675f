"use client";
import { useTranslations } from "next-intl";
import { Checkbox } from "../ui/choice.tsx";
import { Field } from "../ui/field.tsx";
import { FormGroup } from "../ui/form-group.tsx";
import { Hint } from "../ui/hint.tsx";
import { TextInput } from "../ui/input.tsx";
import { MutabilityMark } from "../ui/mutability-mark.tsx";
import type { HealthDraft, RouteDraft } from "./route-draft.ts";

type Props = {
  readonly draft: RouteDraft;
  readonly change: (patch: Partial<RouteDraft>) => void;
  readonly errorsOf: (path: string) => readonly string[];
};

const NUMBERS = ["intervalSeconds", "timeoutSeconds", "healthyThreshold", "unhealthyThreshold", "port"] as const;

/** How Lattice looks whether a target answers. Without it the light never goes on. */
export function HealthFields({ draft: { health, protocol }, change, errorsOf }: Props) {
  const t = useTranslations("uiRoutes.form");
  const edit = (patch: Partial<HealthDraft>) => change({ health: { ...health, ...patch } });
  return (
    <FormGroup title={t("health")}>
      <div className="flex flex-wrap items-center gap-x-3">
        <Checkbox checked={health.enabled} onChange={(event) => edit({ enabled: event.target.checked })}>
          {t("healthEnabled")}
        </Checkbox>
        <MutabilityMark mutability="editable" />
      </div>
      {!health.enabled && <Hint tone="warning">{t("healthOff")}</Hint>}
      {!health.enabled && protocol !== "http" && <Hint>{t("healthOffProbe")}</Hint>}
      {health.enabled && (
        <div className="grid grid-cols-3 gap-4 max-md:grid-cols-2">
          <Field label={t("healthPath")} errors={errorsOf("healthCheck.path")}>
            {(control) => <TextInput {...control} mono value={health.path} onChange={(event) => edit({ path: event.target.value })} />}
          </Field>
          <Field label={t("statusMatch")} help={t("statusMatchHint")} errors={errorsOf("healthCheck.statusMatch")}>
            {(control) => (
              <TextInput {...control} mono value={health.statusMatch} onChange={(event) => edit({ statusMatch: event.target.value })} />
            )}
          </Field>
          {NUMBERS.map((field) => (
            <Field
              key={field}
              label={t(`healthField.${field}`)}
              help={field === "port" ? t("healthPortHint") : undefined}
              errors={errorsOf(`healthCheck.${field}`)}
            >
              {(control) => (
                <TextInput
                  {...control}
                  inputMode="numeric"
                  value={health[field]}
                  onChange={(event) => edit({ [field]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
      )}
    </FormGroup>
  );
}
