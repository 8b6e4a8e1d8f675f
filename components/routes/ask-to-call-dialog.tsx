"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ClusterRowView } from "../../lib/domain/clusters/cluster-view.ts";
import { apiPaths } from "../../lib/paths.ts";
import { fetchView } from "../live/fetch-view.ts";
import type { Items } from "../live/query-keys.ts";
import { RequestDialog } from "../ui/request-dialog.tsx";
import { type CallerDraft, isCallerComplete, newCaller, toCaller } from "./caller-draft.ts";
import { CallerFields } from "./caller-fields.tsx";
import type { ShownRoute } from "./route-data.ts";

type Props = {
  readonly route: Pick<ShownRoute, "namespace" | "name" | "team">;
  /** The reader's teams: one of them becomes the caller. */
  readonly teams: readonly string[];
  readonly onClose: () => void;
};

const PLACED = /^(?:purpose|addCaller\.(?:team|name|principal|principal\.(?:cluster|roleArn)|paths|paths\.\d+))$/;
const MOST_CLUSTERS = 200;

/** Asks the owner to let one more caller in, on behalf of the reader's team. The owner's lead decides first. */
export function AskToCallDialog({ route, teams, onClose }: Props) {
  const t = useTranslations("uiRoutes.ask");
  const [caller, setCaller] = useState<CallerDraft>(() => newCaller(teams[0] ?? ""));
  const clusters = useQuery({
    queryKey: ["calling-clusters", caller.team],
    queryFn: ({ signal }) => fetchView<Items<ClusterRowView>>(apiPaths.clusters({ team: caller.team, limit: MOST_CLUSTERS }), signal),
    staleTime: 30_000,
  });
  const { namespace, name } = route;
  return (
    <RequestDialog
      open
      wide
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("title", { name })}
      description={t("text", { team: route.team ?? "" })}
      confirm={t("submit")}
      refusal={isCallerComplete(caller) ? null : t("incomplete")}
      placed={PLACED}
      request={{ kind: "route.change", team: caller.team, input: () => ({ namespace, name, addCaller: toCaller(caller) }) }}
    >
      {(errors) => (
        <CallerFields
          caller={caller}
          onChange={(patch) => setCaller((before) => ({ ...before, ...patch }))}
          errorsOf={(path) => errors.of(`addCaller.${path}`)}
          teams={teams}
          clusters={(clusters.data?.items ?? []).map((row) => ({ key: `${row.namespace}/${row.name}`, name: row.name, team: row.team }))}
        />
      )}
    </RequestDialog>
  );
}
