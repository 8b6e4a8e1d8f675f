import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { buttonStyle } from "../ui/button-style.ts";
import { Field } from "../ui/field.tsx";
import { SelectInput, TextInput } from "../ui/input.tsx";
import { AUDIT_ACTIONS } from "./audit-actions.ts";
import type { AuditFilter } from "./audit-filter.ts";

/** A plain form: the filter stands in the address and works without scripts. */
export function AuditFilterForm({ filter }: { readonly filter: AuditFilter }) {
  const t = useTranslations("uiAudit.filter");
  return (
    <form method="get" action={paths.audit()} className="grid grid-cols-[repeat(4,minmax(0,1fr))_auto] items-end gap-3 max-md:grid-cols-1">
      <Field label={t("action")}>
        {(control) => (
          <SelectInput {...control} name="action" defaultValue={filter.action}>
            <option value="">{t("any")}</option>
            {AUDIT_ACTIONS.map((action) => (
              <option key={action} value={action}>
                {action}
              </option>
            ))}
          </SelectInput>
        )}
      </Field>
      <Field label={t("actor")}>{(control) => <TextInput {...control} name="actor" defaultValue={filter.actor} />}</Field>
      <Field label={t("target")}>
        {(control) => <TextInput {...control} name="target" mono defaultValue={filter.target} placeholder="request/R-1001" />}
      </Field>
      <Field label={t("outcome")}>
        {(control) => (
          <SelectInput {...control} name="outcome" defaultValue={filter.outcome}>
            <option value="">{t("any")}</option>
            <option value="ok">{t("ok")}</option>
            <option value="refused">{t("refused")}</option>
          </SelectInput>
        )}
      </Field>
      <button type="submit" className={buttonStyle("default", "normal", false)}>
        {t("show")}
      </button>
    </form>
  );
}
