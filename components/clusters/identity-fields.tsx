"use client";
import { useTranslations } from "next-intl";
import { Field } from "../ui/field.tsx";
import { FieldPair, FormGroup } from "../ui/form-group.tsx";
import type { HintTone } from "../ui/hint.tsx";
import { SelectInput, TextInput } from "../ui/input.tsx";
import { PurposeField } from "../ui/purpose-field.tsx";
import type { ClusterDraft } from "./cluster-draft.ts";
import type { FormOptions, FormPart } from "./form-options.ts";
import type { ShownBlueprint } from "./shown-blueprint.ts";

type Props = FormPart<ClusterDraft> & {
  readonly options: FormOptions;
  readonly blueprint: ShownBlueprint | null;
  readonly nameVerdict: { readonly tone: HintTone; readonly text: string } | undefined;
  /** Team, name and account are fixed once a request exists: another revision keeps its target. */
  readonly fixedTarget: boolean;
  readonly tried: boolean;
};

/** Who it belongs to, what it is called, where it lives and why. */
export function IdentityFields({ draft, change, errorsOf, options, blueprint, nameVerdict, fixedTarget, tried }: Props) {
  const t = useTranslations("uiClusters.new");
  const accounts = options.accounts.filter(({ teams }) => teams.includes(draft.team));
  return (
    <FormGroup title={t("identity")}>
      {options.teams.length > 1 && (
        <Field label={t("team")} mutability="fixed" errors={errorsOf("team")}>
          {(control) => (
            <SelectInput
              {...control}
              value={draft.team}
              disabled={fixedTarget}
              onChange={(event) =>
                change({
                  team: event.target.value,
                  account: options.accounts.find(({ teams }) => teams.includes(event.target.value))?.id ?? "",
                })
              }
            >
              {options.teams.map((team) => (
                <option key={team}>{team}</option>
              ))}
            </SelectInput>
          )}
        </Field>
      )}
      <FieldPair>
        <Field label={t("name")} mutability="fixed" errors={errorsOf("name")} verdict={nameVerdict} help={t("nameHint")}>
          {(control) => (
            <TextInput
              {...control}
              mono
              name="name"
              value={draft.name}
              readOnly={fixedTarget}
              maxLength={63}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("account")} mutability="fixed" errors={errorsOf("account")}>
          {(control) => (
            <SelectInput
              {...control}
              name="account"
              value={draft.account}
              onChange={(event) => change({ account: event.target.value, vpcId: "", subnetIds: [] })}
            >
              {accounts.map(({ id, region, awsAccountId }) => (
                <option key={id} value={id}>{`${id} · ${region} · ${awsAccountId}`}</option>
              ))}
            </SelectInput>
          )}
        </Field>
      </FieldPair>
      <PurposeField value={draft.purpose} onChange={(purpose) => change({ purpose })} tried={tried} errors={errorsOf("purpose")} />
      <FieldPair>
        <Field label={t("description")} mutability="editable" errors={errorsOf("description")} help={t("descriptionHint")}>
          {(control) => (
            <TextInput
              {...control}
              name="description"
              maxLength={500}
              value={draft.description}
              onChange={(event) => change({ description: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("visibility")} mutability={blueprint?.fields.visibility.mutability} errors={errorsOf("visibility")}>
          {(control) => (
            <SelectInput
              {...control}
              name="visibility"
              value={draft.visibility}
              onChange={(event) => change({ visibility: event.target.value })}
            >
              {(blueprint?.fields.visibility.choices ?? (["team", "organisation"] as const)).map((choice) => (
                <option key={choice} value={choice}>
                  {t(`visibilityChoice.${choice}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </Field>
      </FieldPair>
    </FormGroup>
  );
}
