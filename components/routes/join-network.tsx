"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SECURITY_GROUP } from "../../lib/domain/routes/route-view.ts";
import { CommandTwin } from "../ui/command-twin.tsx";
import { Field } from "../ui/field.tsx";
import { Hint } from "../ui/hint.tsx";
import { TextInput } from "../ui/input.tsx";
import { YamlView } from "../ui/yaml-view.tsx";
import { joinCommands } from "./join-commands.ts";
import type { ShownNetwork } from "./route-data.ts";
import { clusterName } from "./route-words.ts";

type Consumer = ShownNetwork["vpcAssociations"][number];
type Props = { readonly network: ShownNetwork; readonly consumer: Consumer };

const GROUP = /^sg-[0-9a-z]+$/;

/** What a platform admin applies so that one VPC joins the network. Trellis shows it and does not apply it: it opens the network to a whole VPC. */
export function JoinNetwork({ network, consumer: { vpcId, cluster, join } }: Props) {
  const t = useTranslations("uiRoutes.networks");
  const [typed, setTyped] = useState("");
  if (join === null) return null;
  const group = typed.trim();
  const isGroup = GROUP.test(group);
  const where = cluster === null ? t("joinAnyCluster", { vpc: vpcId }) : t("joinCluster", { cluster: clusterName(cluster), vpc: vpcId });
  return (
    <details className="border-line-soft border-b py-2.5 last:border-b-0">
      <summary className="cursor-pointer text-table">{t("join", { vpc: vpcId })}</summary>
      <div className="grid gap-3 pt-3">
        <p className="text-table">{where}</p>
        {join.otherNetwork !== null && <Hint tone="warning">{t("joinOther", { vpc: vpcId, network: join.otherNetwork })}</Hint>}
        <Field
          label={t("securityGroup")}
          help={t("securityGroupHint")}
          errors={group !== "" && !isGroup ? [t("securityGroupWrong")] : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              mono
              placeholder="sg-0a1b2c3d"
              value={typed}
              maxLength={40}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <YamlView
          label={t("joinManifests", { vpc: vpcId })}
          yaml={isGroup ? join.manifests.replaceAll(SECURITY_GROUP, group) : join.manifests}
        />
        <CommandTwin label={t("joinTwin", { vpc: vpcId })} lines={joinCommands({ network, cluster })} />
      </div>
    </details>
  );
}
