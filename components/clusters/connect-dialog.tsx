"use client";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { apiPaths } from "../../lib/paths.ts";
import { Button } from "../ui/button.tsx";
import { buttonStyle } from "../ui/button-style.ts";
import { CommandTwin } from "../ui/command-twin.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { connectCommands } from "./cluster-commands.ts";
import type { ShownCluster } from "./cluster-data.ts";

type Props = {
  readonly cluster: ShownCluster;
  readonly origin: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
};

/** How to reach the cluster: a kubeconfig without a secret, and what to type then. */
export function ConnectDialog({ cluster, origin, open, onOpenChange }: Props) {
  const t = useTranslations("uiClusters.connect");
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      wide
      title={t("title", { name: cluster.name })}
      description={t("text")}
      actions={<Button onClick={() => onOpenChange(false)}>{t("close")}</Button>}
    >
      <div>
        <a
          href={apiPaths.clusterKubeconfig(cluster.namespace, cluster.name)}
          download={`${cluster.name}.kubeconfig`}
          className={buttonStyle("primary", "normal", false)}
        >
          <Download size={16} aria-hidden="true" />
          {t("download")}
        </a>
        <p className="mt-2 text-caption text-muted">{t("needs")}</p>
      </div>
      <div>
        <h3 className="mb-1.5 font-medium text-table">{t("curl")}</h3>
        <CommandTwin label={t("curl")} lines={connectCommands(origin, cluster)} />
      </div>
    </Dialog>
  );
}
