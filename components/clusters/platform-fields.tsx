"use client";
import { useLocale, useTranslations } from "next-intl";
import { Field } from "../ui/field.tsx";
import { FieldPair, FormGroup } from "../ui/form-group.tsx";
import { SelectInput, TextArea } from "../ui/input.tsx";
import { Tag } from "../ui/tag.tsx";
import { inLanguage } from "./blueprint-text.ts";
import type { ClusterDraft } from "./cluster-draft.ts";
import type { FormPart } from "./form-options.ts";
import type { ShownBlueprint } from "./shown-blueprint.ts";

type Props = FormPart<ClusterDraft> & { readonly blueprint: ShownBlueprint };

/** Version and endpoint, as far as the blueprint leaves a choice; what it fixes is said below. */
export function PlatformFields({ draft, change, errorsOf, blueprint }: Props) {
  const t = useTranslations("uiClusters.new");
  const locale = useLocale();
  const { kubernetesVersion, endpointAccess, publicCidrs } = blueprint.fields;
  const addons = blueprint.fixed.addons[draft.kubernetesVersion] ?? [];
  return (
    <>
      <FormGroup title={t("platform")}>
        <FieldPair>
          <Field
            label={t("kubernetesVersion")}
            mutability={kubernetesVersion.mutability}
            errors={errorsOf("kubernetesVersion")}
            help={kubernetesVersion.help === undefined ? t("versionHint") : inLanguage(kubernetesVersion.help, locale)}
          >
            {(control) => (
              <SelectInput
                {...control}
                name="kubernetesVersion"
                value={draft.kubernetesVersion}
                onChange={(event) => change({ kubernetesVersion: event.target.value })}
              >
                {kubernetesVersion.choices.map((version) => (
                  <option key={version}>{version}</option>
                ))}
              </SelectInput>
            )}
          </Field>
          <Field
            label={t("endpointAccess")}
            mutability={endpointAccess.mutability}
            errors={errorsOf("endpointAccess")}
            help={endpointAccess.help && inLanguage(endpointAccess.help, locale)}
          >
            {(control) => (
              <SelectInput
                {...control}
                name="endpointAccess"
                value={draft.endpointAccess}
                onChange={(event) => change({ endpointAccess: event.target.value })}
              >
                {endpointAccess.choices.map((choice) => (
                  <option key={choice} value={choice}>
                    {t(`endpoint.${choice}`)}
                  </option>
                ))}
              </SelectInput>
            )}
          </Field>
        </FieldPair>
        {publicCidrs !== undefined && draft.endpointAccess !== "private" && (
          <Field
            label={t("publicCidrs")}
            mutability={publicCidrs.mutability}
            errors={errorsOf("publicCidrs")}
            help={publicCidrs.help === undefined ? t("publicCidrsHint") : inLanguage(publicCidrs.help, locale)}
          >
            {(control) => (
              <TextArea
                {...control}
                mono
                name="publicCidrs"
                rows={2}
                value={draft.publicCidrs}
                onChange={(event) => change({ publicCidrs: event.target.value })}
              />
            )}
          </Field>
        )}
      </FormGroup>
      <FormGroup title={t("addons")} note={t("addonsHint")}>
        <ul aria-label={t("addons")} className="grid grid-cols-2 gap-x-4 gap-y-2 text-table max-md:grid-cols-1">
          {addons.map(({ name, version }) => (
            <li key={name} className="flex min-w-0 flex-wrap items-center gap-x-2">
              {name} <Tag>{version}</Tag>
            </li>
          ))}
        </ul>
      </FormGroup>
    </>
  );
}
