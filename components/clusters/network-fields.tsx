"use client";
import { useLocale, useTranslations } from "next-intl";
import { Checkbox } from "../ui/choice.tsx";
import { Field } from "../ui/field.tsx";
import { FieldPair, FormGroup } from "../ui/form-group.tsx";
import { Hint } from "../ui/hint.tsx";
import { SelectInput, TextInput } from "../ui/input.tsx";
import { MutabilityMark } from "../ui/mutability-mark.tsx";
import { inLanguage } from "./blueprint-text.ts";
import type { ClusterDraft } from "./cluster-draft.ts";
import type { AccountOption, FormPart } from "./form-options.ts";
import type { ShownBlueprint } from "./shown-blueprint.ts";

type Network = ShownBlueprint["network"];
type Props = FormPart<ClusterDraft> & { readonly network: Network; readonly account: AccountOption | undefined };

/** A range for a VPC of its own, or a VPC and subnets the account already has. */
export function NetworkFields({ network, account, ...part }: Props) {
  const t = useTranslations("uiClusters.new");
  return (
    <FormGroup title={t("network")}>
      {network.mode === "managed" ? (
        <ManagedNetwork network={network} {...part} />
      ) : (
        <ExistingNetwork network={network} account={account} {...part} />
      )}
    </FormGroup>
  );
}

function ManagedNetwork({
  network,
  draft,
  change,
  errorsOf,
}: FormPart<ClusterDraft> & { readonly network: Extract<Network, { mode: "managed" }> }) {
  const t = useTranslations("uiClusters.new");
  const locale = useLocale();
  const { cidr } = network;
  return (
    <FieldPair>
      <Field
        label={t("cidr")}
        mutability={cidr.mutability}
        errors={[...errorsOf("network.cidr"), ...errorsOf("network")]}
        help={cidr.help === undefined ? t("cidrHint") : inLanguage(cidr.help, locale)}
      >
        {(control) => (
          <TextInput {...control} mono name="cidr" value={draft.cidr} onChange={(event) => change({ cidr: event.target.value })} />
        )}
      </Field>
    </FieldPair>
  );
}

function ExistingNetwork({
  network,
  account,
  draft,
  change,
  errorsOf,
}: FormPart<ClusterDraft> & { readonly network: Extract<Network, { mode: "existing" }>; readonly account: AccountOption | undefined }) {
  const t = useTranslations("uiClusters.new");
  const locale = useLocale();
  const vpc = account?.vpcs.find(({ id }) => id === draft.vpcId);
  const subnetErrors = [...errorsOf("network.subnetIds"), ...errorsOf("network")];
  return (
    <>
      <FieldPair>
        <Field
          label={t("vpc")}
          mutability={network.mutability}
          errors={errorsOf("network.vpcId")}
          help={account?.vpcs.length === 0 ? t("noVpc") : network.help && inLanguage(network.help, locale)}
        >
          {(control) => (
            <SelectInput
              {...control}
              mono
              name="vpcId"
              value={draft.vpcId}
              onChange={(event) => change({ vpcId: event.target.value, subnetIds: [] })}
            >
              <option value="">{t("chooseVpc")}</option>
              {account?.vpcs.map(({ id, cidr }) => (
                <option key={id} value={id}>{`${id} · ${cidr}`}</option>
              ))}
            </SelectInput>
          )}
        </Field>
      </FieldPair>
      {vpc !== undefined && (
        <fieldset data-invalid={subnetErrors.length > 0 || undefined} className="grid gap-2">
          <legend className="mb-1.5 flex items-center gap-2 font-medium text-table">
            {t("subnets")} <MutabilityMark mutability={network.mutability} />
          </legend>
          <div className="grid grid-cols-2 gap-2 max-md:grid-cols-1">
            {vpc.subnets.map((subnet) => (
              <Checkbox
                key={subnet.id}
                checked={draft.subnetIds.includes(subnet.id)}
                onChange={(event) =>
                  change({
                    subnetIds: event.target.checked ? [...draft.subnetIds, subnet.id] : draft.subnetIds.filter((id) => id !== subnet.id),
                  })
                }
              >
                <code>{subnet.id}</code>
                <small className="block text-caption text-muted">{`${subnet.zone} · ${subnet.cidr}`}</small>
              </Checkbox>
            ))}
          </div>
          {subnetErrors.map((text) => (
            <Hint key={text} tone="error">
              {text}
            </Hint>
          ))}
          <Hint>{t("subnetsHint", { minimum: network.minimumSubnets })}</Hint>
        </fieldset>
      )}
    </>
  );
}
