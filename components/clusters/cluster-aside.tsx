"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { paths } from "../../lib/paths.ts";
import { Age } from "../ui/age.tsx";
import { CommandTwin } from "../ui/command-twin.tsx";
import { Facts } from "../ui/facts.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { Section } from "../ui/section.tsx";
import { Tag } from "../ui/tag.tsx";
import { useJoined } from "../ui/use-joined.ts";
import { UserText } from "../ui/user-text.tsx";
import { clusterCommands } from "./cluster-commands.ts";
import type { ShownCluster } from "./cluster-data.ts";

/** Facts, access and the command twin of a cluster. */
export function ClusterAside({ cluster, origin }: { readonly cluster: ShownCluster; readonly origin: string }) {
  const t = useTranslations("uiClusters.page");
  const joined = useJoined();
  const mono = (value: string | null): ReactNode => (value === null ? null : <code>{value}</code>);
  return (
    <aside className="min-w-0">
      <Section title={t("facts")}>
        <div className="pt-2.5">
          <Facts
            rows={[
              { label: t("fact.owner"), value: cluster.team },
              { label: t("fact.description"), value: cluster.description === null ? null : <UserText>{cluster.description}</UserText> },
              { label: t("fact.account"), value: cluster.account },
              { label: t("fact.region"), value: mono(cluster.region) },
              { label: t("fact.eksName"), value: mono(cluster.eksName) },
              { label: t("fact.vpc"), value: mono(cluster.vpcCidr) },
              { label: t("fact.endpoint"), value: mono(cluster.endpoint) },
              { label: t("fact.managementCluster"), value: mono(cluster.managementCluster) },
              { label: t("fact.visibility"), value: t(`visibility.${cluster.visibility}`) },
              { label: t("fact.created"), value: cluster.createdAt === null ? null : <Age at={cluster.createdAt} /> },
              { label: t("fact.requestedBy"), value: cluster.requestedBy },
              { label: t("fact.request"), value: cluster.createRequest === null ? null : <RequestLink id={cluster.createRequest} /> },
            ]}
          />
        </div>
      </Section>
      {!cluster.limited && (
        <>
          <Section title={t("access")}>
            <p className="pt-2.5 text-muted text-table">{t("accessText", { count: cluster.accessEntries.length })}</p>
            <ul className="mt-2 grid gap-2 text-caption">
              {cluster.accessEntries.map((entry) => (
                <li key={entry.principal}>
                  <code className="[overflow-wrap:anywhere]">{entry.principal}</code>
                  <span className="block text-muted">{joined(entry.policies.map(policyName))}</span>
                </li>
              ))}
            </ul>
            {cluster.can.whyNotConnect !== null && <p className="mt-2 text-caption">{cluster.can.whyNotConnect}</p>}
          </Section>
          {cluster.addons.length > 0 && (
            <Section title={t("addons")}>
              <ul className="grid gap-1.5 pt-2.5 text-table">
                {cluster.addons.map((addon) => (
                  <li key={addon.name} className="flex flex-wrap items-center gap-x-2">
                    {addon.name} <Tag>{addon.version}</Tag>
                    {addon.status !== null && <span className="text-caption text-muted">{addon.status}</span>}
                  </li>
                ))}
              </ul>
            </Section>
          )}
          <Section title={t("commandLine")} note={t("same")}>
            <div className="pt-2.5">
              <CommandTwin label={t("commandLine")} lines={clusterCommands(origin, cluster)} />
            </div>
          </Section>
        </>
      )}
    </aside>
  );
}

function RequestLink({ id }: { readonly id: string }) {
  return (
    <Link href={paths.request(id)} className="link">
      {id}
    </Link>
  );
}

/** The last part of `arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy`. */
function policyName(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
