"use client";
import { useTranslations } from "next-intl";
import type { FINDING_ACTORS } from "../../lib/domain/clusters/finding.ts";
import { FindingCard } from "../ui/finding-card.tsx";
import { Section } from "../ui/section.tsx";
import { StepTimeline, StepTimelineKey } from "../ui/step-timeline.tsx";
import type { ShownCluster } from "./cluster-data.ts";
import { ClusterObjects } from "./cluster-objects.tsx";
import { ClusterPools } from "./cluster-pools.tsx";

type Actor = (typeof FINDING_ACTORS)[number];
type Props = { readonly cluster: ShownCluster; readonly reader: "team" | "platform" | null };

/** Findings (the reader's own first), the way to ready, the objects, the pools. */
export function ClusterOverview({ cluster, reader }: Props) {
  const t = useTranslations("uiClusters.page");
  const { findings, steps } = cluster.status;
  const sorted = findings.toSorted((one, other) => rank(one.actor, reader) - rank(other.actor, reader));
  const done = steps.filter(({ state }) => state === "done").length;
  return (
    <>
      {sorted.length > 0 && (
        <section aria-label={t("findings")} className="grid gap-4">
          {sorted.map((finding) => (
            <FindingCard
              key={`${finding.code} ${finding.title} ${finding.evidence[0]?.object.name ?? ""}`}
              finding={finding}
              reader={reader}
            />
          ))}
        </section>
      )}
      {steps.length > 0 && (
        <Section title={t("steps")} note={t("stepsHint", { done, total: steps.length })} aside={<StepTimelineKey />}>
          <StepTimeline steps={steps} label={t("steps")} />
        </Section>
      )}
      <ClusterObjects cluster={cluster} />
      <Section title={t("pools")}>
        <ClusterPools pools={cluster.pools} />
      </Section>
    </>
  );
}

const ORDER: readonly Actor[] = ["team", "platform", "aws", "nobody"];

/** Who must act, the reader first. */
function rank(actor: Actor, reader: Actor | null): number {
  return actor === reader ? -1 : ORDER.indexOf(actor);
}
