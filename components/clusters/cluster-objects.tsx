"use client";
import { Boxes } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "../ui/empty-state.tsx";
import { ObjectTree } from "../ui/object-tree.tsx";
import { Section } from "../ui/section.tsx";
import type { ShownCluster } from "./cluster-data.ts";

/** The Cluster API objects of a cluster as a tree, bad branches open. */
export function ClusterObjects({ cluster }: { readonly cluster: ShownCluster }) {
  const t = useTranslations("uiClusters.page");
  return (
    <Section title={t("objects")} note={t("objectsHint", { namespace: cluster.namespace, managementCluster: cluster.managementCluster })}>
      {cluster.objects.length === 0 ? (
        <EmptyState icon={Boxes} title={t("noObjects")}>
          {t("noObjectsText")}
        </EmptyState>
      ) : (
        <ObjectTree objects={cluster.objects} label={t("objects")} />
      )}
    </Section>
  );
}
