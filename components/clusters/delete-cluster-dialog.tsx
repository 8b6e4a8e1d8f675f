"use client";
import { useTranslations } from "next-intl";
import { DeleteDialog } from "../ui/delete-dialog.tsx";
import type { ShownCluster } from "./cluster-data.ts";

type Props = { readonly cluster: ShownCluster; readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

/** Asks to delete a cluster: what is lost for good, why, and the typed name. */
export function DeleteClusterDialog({ cluster, open, onOpenChange }: Props) {
  const t = useTranslations("uiClusters.delete");
  const { namespace, name } = cluster;
  return (
    <DeleteDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title", { name })}
      name={name}
      typeFirst={t("typeFirst", { name })}
      request={{ kind: "cluster.delete", team: cluster.team, input: (typedName) => ({ namespace, name, typedName }) }}
    >
      <WhatIsLost cluster={cluster} />
    </DeleteDialog>
  );
}

function WhatIsLost({ cluster }: { readonly cluster: ShownCluster }) {
  const t = useTranslations("uiClusters.delete");
  const lost = useTranslations("uiForm.delete");
  const nodes = cluster.pools.reduce((sum, pool) => sum + pool.ready, 0);
  return (
    <div className="text-table">
      <b>{lost("lost")}</b>
      <ul className="mt-1 list-disc pl-5 text-muted">
        <li>{t("lostControlPlane", { eksName: cluster.eksName ?? cluster.name })}</li>
        <li>{t("lostPools", { count: cluster.pools.length, nodes })}</li>
        {cluster.endpoint !== null && <li className="[overflow-wrap:anywhere]">{t("lostEndpoint", { endpoint: cluster.endpoint })}</li>}
      </ul>
      <p className="mt-2 text-muted">{t("kept")}</p>
    </div>
  );
}
