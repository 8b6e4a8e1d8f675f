"use client";
import { useTranslations } from "next-intl";
import { FindingList, type Reader } from "../ui/finding-list.tsx";
import { Section } from "../ui/section.tsx";
import { StepTimeline, StepTimelineKey } from "../ui/step-timeline.tsx";
import type { ShownCluster } from "./cluster-data.ts";
import { ClusterObjects } from "./cluster-objects.tsx";
import { ClusterPools } from "./cluster-pools.tsx";

type Props = { readonly cluster: ShownCluster; readonly reader: Reader };

/** Findings (the reader's own first), the way to ready, the objects, the pools. */
export function ClusterOverview({ cluster, reader }: Props) {
  const t = useTranslations("uiClusters.page");
  const { findings, steps } = cluster.status;
  const done = steps.filter(({ state }) => state === "done").length;
  return (
    <>
      <FindingList findings={findings} reader={reader} />
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
