"use client";
import { Waypoints } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "../ui/empty-state.tsx";
import { FindingList } from "../ui/finding-list.tsx";
import { Meter } from "../ui/meter.tsx";
import { PlainTable } from "../ui/plain-table.tsx";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { StatusAges } from "../ui/status-ages.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { StatusSentence } from "../ui/status-sentence.tsx";
import { Tag } from "../ui/tag.tsx";
import { useJoined } from "../ui/use-joined.ts";
import { JoinNetwork } from "./join-network.tsx";
import type { ShownNetwork } from "./route-data.ts";
import { clusterName } from "./route-words.ts";

/** The service networks with what carries them, who may use them, and who owns which object. */
export function NetworkList({ networks }: { readonly networks: readonly ShownNetwork[] }) {
  const t = useTranslations("uiRoutes.networks");
  if (networks.length === 0)
    return (
      <EmptyState icon={Waypoints} title={t("empty")}>
        {t("emptyText")}
      </EmptyState>
    );
  return (
    <div className="grid gap-12">
      {networks.map((network) => (
        <Network key={`${network.managementCluster} ${network.name}`} network={network} />
      ))}
    </div>
  );
}

function Network({ network }: { readonly network: ShownNetwork }) {
  const t = useTranslations("uiRoutes.networks");
  const joined = useJoined();
  return (
    <section aria-label={network.name} className="min-w-0">
      <h2 className="font-semibold text-lead">{network.name}</h2>
      <p className="mb-3 text-muted text-table [overflow-wrap:anywhere]">
        {[network.description, `${network.account} (${network.awsAccountId})`, network.region, network.managementCluster, network.networkId]
          .filter((part) => part !== null)
          .join(" · ")}
      </p>
      <StatusSentence
        glyph={network.glyph}
        sentence={network.sentence}
        note={<StatusAges since={null} evidenceAt={network.evidenceAt} />}
      />
      <div className="mt-5">
        <FindingList findings={network.findings} reader="platform" />
      </div>
      <div className="mt-6 grid grid-cols-2 gap-x-10 gap-y-8 max-lg:grid-cols-1 [&>*]:min-w-0 [&>section]:mt-0">
        <Gateway network={network} />
        <Section title={t("use")}>
          <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5 pt-2.5 text-table">
            <dt className="text-muted">{t("publishers")}</dt>
            <dd>{network.publishers.length === 0 ? t("nobody") : joined(network.publishers)}</dd>
            <dt className="text-muted">{t("callers")}</dt>
            <dd>{network.callers.length === 0 ? t("nobody") : joined(network.callers)}</dd>
            <dt className="text-muted">{t("services")}</dt>
            <dd className="tabular-nums">{network.services ?? t("notRead")}</dd>
          </dl>
        </Section>
        <Associations network={network} />
        <Quotas network={network} />
        <Owners network={network} />
      </div>
    </section>
  );
}

function Gateway({ network: { gateway, listeners } }: { readonly network: ShownNetwork }) {
  const t = useTranslations("uiRoutes.networks");
  return (
    <Section title={t("gateway")} note={gateway === null ? t("noGateway") : `${gateway.ref.namespace ?? ""}/${gateway.ref.name}`}>
      {gateway !== null && gateway.conditions.length === 0 && (
        <p className="pt-2.5">
          <Status glyph={gateway.programmed ? "ok" : "attention"}>{t(gateway.programmed ? "programmed" : "notProgrammed")}</Status>
        </p>
      )}
      {gateway?.conditions.map(({ type, status, reason, message, glyph }, at) => (
        <p key={`${type} ${at}`} className="mt-1 flex items-start gap-2 text-caption text-muted">
          <StatusGlyph glyph={glyph} size={12} className="mt-0.5" />
          <span lang="en" className="min-w-0 [overflow-wrap:anywhere]">
            <span className="font-mono">{type}</span> {status} {[reason, message].filter(Boolean).join(": ")}
          </span>
        </p>
      ))}
      <div className="mt-2">
        <PlainTable
          label={t("listeners")}
          columns={[
            { id: "name", header: t("listener") },
            { id: "protocol", header: t("protocol") },
            { id: "routes", header: t("routes"), align: "right", narrow: "right" },
          ]}
          rows={listeners.map((listener) => ({
            key: listener.name,
            cells: {
              name: (
                <span className="inline-flex items-center gap-[7px]">
                  <StatusGlyph glyph={listener.glyph} /> {listener.name}
                </span>
              ),
              protocol: `${listener.protocol} ${listener.port}`,
              routes: listener.attachedRoutes ?? "–",
            },
          }))}
        />
      </div>
    </Section>
  );
}

function Associations({ network }: { readonly network: ShownNetwork }) {
  const t = useTranslations("uiRoutes.networks");
  const joined = useJoined();
  const { vpcAssociations } = network;
  return (
    <Section title={t("associations")} note={t("associationsHint")}>
      {vpcAssociations.length === 0 ? (
        <p className="pt-2.5 text-muted text-table">{t("noAssociations")}</p>
      ) : (
        <PlainTable
          label={t("associations")}
          columns={[
            { id: "vpc", header: t("vpc") },
            { id: "status", header: t("status") },
            { id: "whose", header: t("whose"), narrow: "hidden" },
          ]}
          rows={vpcAssociations.map(({ vpcId, status, glyph, cluster, team }) => ({
            key: vpcId,
            cells: {
              vpc: <code>{vpcId}</code>,
              status: <Status glyph={glyph}>{status === "none" ? t("notThere") : status}</Status>,
              whose: joined([cluster === null ? null : clusterName(cluster), team]),
            },
          }))}
        />
      )}
      {vpcAssociations
        .filter(({ join }) => join !== null)
        .map((consumer) => (
          <JoinNetwork key={consumer.vpcId} network={network} consumer={consumer} />
        ))}
    </Section>
  );
}

/** How much of what Lattice allows is in use (lattice.md §3.7). */
function Quotas({ network: { quotas } }: { readonly network: ShownNetwork }) {
  const t = useTranslations("uiRoutes.networks");
  return (
    <Section title={t("quotas")} note={t("quotasHint")}>
      <div className="grid gap-3 pt-3">
        {quotas.map(({ quota, used, limit }) => (
          <Meter
            key={quota}
            label={t(`quota.${quota}`)}
            text={used === null ? t("notRead") : t("quotaUsed", { used, limit })}
            used={used ?? 0}
            limit={limit}
          />
        ))}
      </div>
    </Section>
  );
}

/** The operator's half of Gateway API and the developers' half. */
function Owners({ network: { owners } }: { readonly network: ShownNetwork }) {
  const t = useTranslations("uiRoutes.networks");
  return (
    <Section title={t("owners")} note={t("ownersHint")}>
      <ul aria-label={t("owners")} className="text-table">
        {owners.map(({ object, owner, note }) => (
          <li
            key={object}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 border-line-soft border-b py-2 last:border-b-0"
          >
            <span className="min-w-0">
              <code className="[overflow-wrap:anywhere]">{object}</code>
              <small className="block text-caption text-muted">{note}</small>
            </span>
            <Tag>{t(`owner.${owner}`)}</Tag>
          </li>
        ))}
      </ul>
    </Section>
  );
}
