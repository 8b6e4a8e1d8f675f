"use client";
import { useTranslations } from "next-intl";
import { Field } from "./field.tsx";
import { TextArea } from "./input.tsx";
import { MINIMUM_PURPOSE } from "./use-sending.ts";

type Props = {
  readonly value: string;
  readonly onChange: (purpose: string) => void;
  /** A try was made: a text that is too short is wrong from then on. */
  readonly tried?: boolean;
  readonly errors?: readonly string[] | undefined;
};

/** Why: the first thing an approver reads. */
export function PurposeField({ value, onChange, tried = false, errors }: Props) {
  const t = useTranslations("uiForm.send");
  const short = tried && value.trim().length < MINIMUM_PURPOSE;
  return (
    <Field label={t("purpose")} note={t("purposeHint")} errors={short ? [t("purposeShort", { minimum: MINIMUM_PURPOSE })] : errors}>
      {(control) => (
        <TextArea {...control} name="purpose" rows={2} maxLength={2000} value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}
