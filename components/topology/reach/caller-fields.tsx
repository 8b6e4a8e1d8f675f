"use client";
import { useTranslations } from "next-intl";
import { Field } from "../../ui/field.tsx";
import { TextInput } from "../../ui/input.tsx";
import type { SearchOption } from "../../ui/match-options.ts";
import { SearchSelect } from "../../ui/search-select.tsx";
import { Section } from "../../ui/section.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { useJoined } from "../../ui/use-joined.ts";
import type { ReachChoices } from "./reach-data.ts";
import type { FieldProps } from "./reach-form.tsx";
import { CALLER_KINDS } from "./reach-question.ts";

/** Who calls: a cluster (or one of its service accounts), an IAM role, or anything in a VPC. */
export function CallerFields(props: FieldProps) {
  const t = useTranslations("uiReach.form");
  const joined = useJoined();
  const { draft, onChange } = props;
  return (
    <Section title={t("caller")}>
      <div className="grid gap-3.5 pt-3">
        <div>
          <Segmented
            label={t("kind")}
            value={draft.kind}
            options={CALLER_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
            onChange={(kind) => onChange({ kind })}
          />
        </div>
        {draft.kind === "cluster" && <ClusterFields {...props} />}
        {draft.kind === "role" && <RoleFields {...props} />}
        {draft.kind === "vpc" && (
          <Field label={t("vpc")} help={t("vpcHint")} errors={props.errorsOf("vpc")} id={props.idOf("vpc")}>
            {(control) => (
              <SearchSelect
                control={control}
                value={draft.vpc}
                options={vpcOptions(props.choices, joined)}
                placeholder="vpc-0a1b2c3d"
                onChange={(vpc) => onChange({ vpc })}
              />
            )}
          </Field>
        )}
      </div>
    </Section>
  );
}

function ClusterFields({ draft, choices, onChange, errorsOf, idOf }: FieldProps) {
  const t = useTranslations("uiReach.form");
  const joined = useJoined();
  return (
    <>
      <Field label={t("cluster")} errors={errorsOf("cluster")} id={idOf("cluster")}>
        {(control) => (
          <SearchSelect
            control={control}
            value={draft.cluster}
            options={clusterOptions(choices, joined)}
            placeholder={t("search")}
            onChange={(cluster) => onChange({ cluster })}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t("kubeNamespace")} note={t("optional")} errors={errorsOf("kubeNamespace")} id={idOf("kubeNamespace")}>
          {(control) => (
            <TextInput
              {...control}
              mono
              maxLength={63}
              value={draft.kubeNamespace}
              onChange={(event) => onChange({ kubeNamespace: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("serviceAccount")} note={t("optional")} errors={errorsOf("serviceAccount")} id={idOf("serviceAccount")}>
          {(control) => (
            <TextInput
              {...control}
              mono
              maxLength={253}
              value={draft.serviceAccount}
              onChange={(event) => onChange({ serviceAccount: event.target.value })}
            />
          )}
        </Field>
        <p className="col-span-2 -mt-1.5 text-caption text-muted">{t("accountHint")}</p>
      </div>
    </>
  );
}

function RoleFields({ draft, choices, onChange, errorsOf, idOf }: FieldProps) {
  const t = useTranslations("uiReach.form");
  const joined = useJoined();
  return (
    <>
      <Field label={t("role")} errors={errorsOf("roleArn")} id={idOf("roleArn")}>
        {(control) => (
          <TextInput
            {...control}
            mono
            placeholder="arn:aws:iam::123456789012:role/cart"
            value={draft.roleArn}
            onChange={(event) => onChange({ roleArn: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("roleVpc")} note={t("optional")} help={t("roleVpcHint")} errors={errorsOf("roleVpc")} id={idOf("roleVpc")}>
        {(control) => (
          <SearchSelect
            control={control}
            value={draft.roleVpc}
            options={vpcOptions(choices, joined)}
            placeholder="vpc-0a1b2c3d"
            onChange={(roleVpc) => onChange({ roleVpc })}
          />
        )}
      </Field>
    </>
  );
}

type Joined = ReturnType<typeof useJoined>;

function clusterOptions({ callers }: ReachChoices, joined: Joined): readonly SearchOption[] {
  return callers
    .filter(({ kind }) => kind === "cluster")
    .map(({ id, name, team, vpcId }) => ({
      value: id.replace(/^cluster\//, ""),
      label: name,
      note: joined([team, vpcId]),
    }));
}

function vpcOptions({ callers }: ReachChoices, joined: Joined): readonly SearchOption[] {
  const clustersIn = (vpcId: string) => callers.filter((caller) => caller.kind === "cluster" && caller.vpcId === vpcId);
  return callers
    .filter(({ kind }) => kind === "vpc")
    .map(({ id, name, team }) => {
      const vpcId = id.replace(/^vpc\//, "");
      const inside = clustersIn(vpcId).map((cluster) => cluster.name);
      return { value: vpcId, label: name, note: joined([team, ...inside]) };
    });
}
