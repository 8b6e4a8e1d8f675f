"use client";
import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { explainPolicy } from "../../lib/domain/routes/explain-policy.ts";
import { parseAuthPolicy } from "../../lib/domain/routes/parse-auth-policy.ts";
import { policyWarnings } from "../../lib/domain/routes/policy-warnings.ts";
import { Button } from "../ui/button.tsx";
import { ChoiceCard, ChoiceGroup } from "../ui/choice.tsx";
import { Field } from "../ui/field.tsx";
import type { FieldErrors } from "../ui/field-errors.ts";
import { FormGroup } from "../ui/form-group.tsx";
import { Hint } from "../ui/hint.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { TextArea, TextInput } from "../ui/input.tsx";
import { useMessage } from "../ui/use-message.ts";
import { type CallerDraft, newCaller } from "./caller-draft.ts";
import { CallerFields } from "./caller-fields.tsx";
import { asProtocolAllows } from "./draft-spec.ts";
import type { RouteDraft } from "./route-draft.ts";
import type { RouteFormOptions } from "./route-form-options.ts";

type Props = {
  readonly draft: RouteDraft;
  readonly change: (patch: Partial<RouteDraft>) => void;
  readonly errors: FieldErrors;
  readonly options: RouteFormOptions;
};

const WAYS = ["callers", "policy", "network"] as const;

/** Who may call: a list of callers, a policy written by hand, or everybody in the network. */
export function AccessFields({ draft, change, errors, options }: Props) {
  const t = useTranslations("uiRoutes.form");
  const { access } = asProtocolAllows(draft);
  return (
    <>
      <FormGroup title={t("whoMayCall")} note={t("whoMayCallHint")}>
        <ChoiceGroup label={t("whoMayCall")}>
          {WAYS.map((way) => (
            <ChoiceCard
              key={way}
              name="access"
              checked={access === way}
              disabled={draft.protocol === "tls" && way !== "network"}
              onChange={() => change({ access: way })}
            >
              <b>{t(`access.${way}`)}</b> <span className="block text-caption text-muted">{t(`accessHint.${way}`)}</span>
            </ChoiceCard>
          ))}
        </ChoiceGroup>
        {errors.of("access").map((text) => (
          <Hint key={text} tone="error">
            {text}
          </Hint>
        ))}
        {access === "callers" && <Callers draft={draft} change={change} errors={errors} options={options} />}
        {access === "policy" && (
          <Field label={t("policy")} mutability="editable" errors={errors.of("access.policy")} help={t("policyHint")}>
            {(control) => (
              <TextArea
                {...control}
                mono
                rows={8}
                maxLength={10_240}
                spellCheck={false}
                value={draft.policy}
                onChange={(event) => change({ policy: event.target.value })}
              />
            )}
          </Field>
        )}
        {access === "policy" && draft.policy.trim() !== "" && <PolicyInWords policy={draft.policy} />}
        {access === "network" && <Hint tone="warning">{t("networkOpen")}</Hint>}
      </FormGroup>
      <FormGroup title={t("accessLogs")}>
        <Field
          label={t("logDestination")}
          note={t("optional")}
          mutability="editable"
          errors={errors.under("accessLogs")}
          help={t("logDestinationHint")}
        >
          {(control) => (
            <TextInput
              {...control}
              mono
              placeholder="arn:aws:s3:::logs"
              value={draft.accessLogs}
              onChange={(event) => change({ accessLogs: event.target.value })}
            />
          )}
        </Field>
      </FormGroup>
    </>
  );
}

function Callers({ draft, change, errors, options }: Props) {
  const t = useTranslations("uiRoutes.form");
  const network = options.networks.find(({ name }) => name === draft.network);
  const teams = network?.callers ?? [];
  const edit = (key: string, patch: Partial<CallerDraft>) =>
    change({ callers: draft.callers.map((caller) => (caller.key === key ? { ...caller, ...patch } : caller)) });
  return (
    <div className="grid gap-4">
      {draft.callers.map((caller, at) => (
        <fieldset key={caller.key} className="grid min-w-0 gap-3 border-line-soft border-b pb-4 last:border-b-0 last:pb-0">
          <legend className="sr-only">{t("caller", { n: at + 1 })}</legend>
          <div className="flex items-center gap-2">
            <b className="text-table">{caller.name === "" ? t("caller", { n: at + 1 }) : caller.name}</b>
            {draft.callers.length > 1 && (
              <IconButton
                label={t("removeCaller", { name: caller.name === "" ? String(at + 1) : caller.name })}
                onClick={() => change({ callers: draft.callers.filter(({ key }) => key !== caller.key) })}
              >
                <Trash2 size={14} aria-hidden="true" />
              </IconButton>
            )}
          </div>
          <CallerFields
            caller={caller}
            onChange={(patch) => edit(caller.key, patch)}
            errorsOf={(path) => errors.of(`access.callers.${at}.${path}`)}
            teams={teams}
            clusters={options.clusters}
          />
          {errors.of(`access.callers.${at}`).map((text) => (
            <Hint key={text} tone="error">
              {text}
            </Hint>
          ))}
        </fieldset>
      ))}
      {errors.of("access.callers").map((text) => (
        <Hint key={text} tone="error">
          {text}
        </Hint>
      ))}
      <div>
        <Button
          size="small"
          icon={<Plus size={14} aria-hidden="true" />}
          onClick={() => change({ callers: [...draft.callers, newCaller(teams[0] ?? "")] })}
        >
          {t("addCaller")}
        </Button>
      </div>
    </div>
  );
}

/** The policy in plain words while it is typed; what cannot be read is said by the door, under the field. */
function PolicyInWords({ policy }: { readonly policy: string }) {
  const t = useTranslations("uiRoutes.form");
  const say = useMessage();
  const read = parseAuthPolicy(policy);
  return (
    <div role="status" className="text-table">
      {read.ok ? (
        <>
          <b className="text-caption">{t("inWords")}</b>
          <ul className="mt-1 list-disc pl-5">
            {explainPolicy(read.policy).map((sentence, at) => (
              <li key={at}>{say(sentence)}</li>
            ))}
          </ul>
          {policyWarnings(read.policy).map((warning, at) => (
            <Hint key={at} tone="warning">
              {say(warning)}
            </Hint>
          ))}
        </>
      ) : (
        <Hint tone="error">{t("policyUnreadable")}</Hint>
      )}
    </div>
  );
}
