"use client";
import { useTranslations } from "next-intl";
import { CommandTwin } from "../ui/command-twin.tsx";
import { clusterCommands, listCommands } from "./cluster-commands.ts";
import type { ShownClusterRow } from "./cluster-data.ts";

type Props = { readonly origin: string; readonly query: Readonly<Record<string, string>>; readonly selected: readonly ShownClusterRow[] };

/** The command twin of the list, or of what is selected in it; loaded when it is asked for. */
export function ClusterListCommands({ origin, query, selected }: Props) {
  const t = useTranslations("uiClusters.list");
  const lines = selected.length > 0 ? selected.flatMap((row) => clusterCommands(origin, row)) : listCommands(origin, query);
  return <CommandTwin label={t("commandTitle")} lines={lines} />;
}
