"use client";
import { useTranslations } from "next-intl";
import { Field } from "../../ui/field.tsx";
import { SelectInput, TextArea, TextInput } from "../../ui/input.tsx";
import { SearchSelect } from "../../ui/search-select.tsx";
import { Section } from "../../ui/section.tsx";
import { useJoined } from "../../ui/use-joined.ts";
import type { FieldProps } from "./reach-form.tsx";
import { CALL_METHODS } from "./reach-question.ts";

/** What is called, and with which call. */
export function CallFields({ draft, choices, onChange, errorsOf, idOf }: FieldProps) {
  const t = useTranslations("uiReach.form");
  const joined = useJoined();
  const isOther = draft.method !== "" && CALL_METHODS.every((method) => method !== draft.method);
  const methods = isOther ? [...CALL_METHODS, draft.method] : CALL_METHODS;
  return (
    <Section title={t("called")}>
      <div className="grid gap-3.5 pt-3">
        <Field label={t("service")} errors={errorsOf("service")} id={idOf("service")}>
          {(control) => (
            <SearchSelect
              control={control}
              value={draft.service}
              options={choices.services.map(({ namespace, name, team, networks }) => ({
                value: `${namespace}/${name}`,
                label: name,
                note: joined([team ?? namespace, ...networks]),
              }))}
              placeholder={t("search")}
              onChange={(service) => onChange({ service })}
            />
          )}
        </Field>
        <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-3">
          <Field label={t("method")} errors={errorsOf("method")} id={idOf("method")}>
            {(control) => (
              <SelectInput {...control} value={draft.method} onChange={(event) => onChange({ method: event.target.value })}>
                <option value="">{t("firstRule")}</option>
                {methods.map((method) => (
                  <option key={method}>{method}</option>
                ))}
              </SelectInput>
            )}
          </Field>
          <Field label={t("path")} errors={errorsOf("path")} id={idOf("path")}>
            {(control) => (
              <TextInput
                {...control}
                mono
                placeholder="/v1/orders"
                maxLength={2000}
                value={draft.path}
                onChange={(event) => onChange({ path: event.target.value })}
              />
            )}
          </Field>
          <p className="col-span-2 -mt-1.5 text-caption text-muted">{t("callHint")}</p>
        </div>
        <Field label={t("headers")} note={t("optional")} help={t("headersHint")} errors={errorsOf("headers")} id={idOf("headers")}>
          {(control) => (
            <TextArea
              {...control}
              mono
              rows={2}
              placeholder="x-tier: batch"
              value={draft.headers}
              onChange={(event) => onChange({ headers: event.target.value })}
            />
          )}
        </Field>
      </div>
    </Section>
  );
}
