"use client";
import { useTranslations } from "next-intl";
import { ViewChip } from "../ui/chip.tsx";
import { Field } from "../ui/field.tsx";
import { FieldPair } from "../ui/form-group.tsx";
import { SelectInput, TextInput } from "../ui/input.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { CALLER_METHODS, type CallerDraft } from "./caller-draft.ts";

export type CallingCluster = { readonly key: string; readonly name: string; readonly team: string | null };

type Props = {
  readonly caller: CallerDraft;
  readonly onChange: (patch: Partial<CallerDraft>) => void;
  /** Errors by path inside the caller: `name`, `principal.cluster`. */
  readonly errorsOf: (path: string) => readonly string[];
  readonly teams: readonly string[];
  readonly clusters: readonly CallingCluster[];
};

/** Whose caller, what it is called, how it is recognised, and what it may do. */
export function CallerFields({ caller, onChange, errorsOf, teams, clusters }: Props) {
  const t = useTranslations("uiRoutes.caller");
  const own = clusters.filter(({ team }) => team === caller.team);
  return (
    <>
      <FieldPair>
        <Field label={t("team")} errors={errorsOf("team")}>
          {(control) => (
            <SelectInput {...control} value={caller.team} onChange={(event) => onChange({ team: event.target.value, cluster: "" })}>
              <option value="">{t("chooseTeam")}</option>
              {teams.map((team) => (
                <option key={team}>{team}</option>
              ))}
            </SelectInput>
          )}
        </Field>
        <Field label={t("name")} help={t("nameHint")} errors={errorsOf("name")}>
          {(control) => (
            <TextInput {...control} mono maxLength={63} value={caller.name} onChange={(event) => onChange({ name: event.target.value })} />
          )}
        </Field>
      </FieldPair>
      <FieldPair>
        <div className="grid content-start gap-[5px]">
          <span className="min-h-5 font-medium text-table">{t("recognised")}</span>
          <div>
            <Segmented
              label={t("recognised")}
              value={caller.type}
              options={[
                { value: "cluster", label: t("byCluster") },
                { value: "role", label: t("byRole") },
              ]}
              onChange={(type) => onChange({ type })}
            />
          </div>
        </div>
        {caller.type === "cluster" ? (
          <Field label={t("cluster")} help={t("clusterHint")} errors={[...errorsOf("principal.cluster"), ...errorsOf("principal")]}>
            {(control) => (
              <SelectInput {...control} value={caller.cluster} onChange={(event) => onChange({ cluster: event.target.value })}>
                <option value="">{own.length === 0 ? t("noCluster") : t("chooseCluster")}</option>
                {own.map(({ key, name }) => (
                  <option key={key} value={key}>
                    {name}
                  </option>
                ))}
                {caller.cluster !== "" && own.every(({ key }) => key !== caller.cluster) && <option>{caller.cluster}</option>}
              </SelectInput>
            )}
          </Field>
        ) : (
          <Field label={t("role")} help={t("roleHint")} errors={[...errorsOf("principal.roleArn"), ...errorsOf("principal")]}>
            {(control) => (
              <TextInput
                {...control}
                mono
                placeholder="arn:aws:iam::123456789012:role/cart"
                value={caller.roleArn}
                onChange={(event) => onChange({ roleArn: event.target.value })}
              />
            )}
          </Field>
        )}
      </FieldPair>
      <FieldPair>
        <div role="group" aria-label={t("methods")} className="grid content-start gap-[5px]">
          <span className="min-h-5 font-medium text-table">{t("methods")}</span>
          <div className="flex flex-wrap gap-1.5">
            {CALLER_METHODS.map((method) => (
              <ViewChip
                key={method}
                pressed={caller.methods.includes(method)}
                onPress={() =>
                  onChange({
                    methods: CALLER_METHODS.filter((one) => caller.methods.includes(one) !== (one === method)),
                  })
                }
              >
                {method}
              </ViewChip>
            ))}
          </div>
          <span className="text-caption text-muted">{caller.methods.length === 0 ? t("anyMethod") : null}</span>
        </div>
        <Field label={t("paths")} help={t("pathsHint")} errors={errorsOf("paths")}>
          {(control) => (
            <TextInput
              {...control}
              mono
              placeholder="/v1/*"
              value={caller.paths}
              onChange={(event) => onChange({ paths: event.target.value })}
            />
          )}
        </Field>
      </FieldPair>
    </>
  );
}
