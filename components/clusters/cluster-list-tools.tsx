"use client";
import { Terminal } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { FilterChip, ViewChip } from "../ui/chip.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SelectInput, TextInput } from "../ui/input.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { useShortcuts } from "../ui/shortcuts.tsx";
import type { ShownClusterRow } from "./cluster-data.ts";
import { totalOf } from "./cluster-list-counts.ts";
import { CLUSTER_SORTS, type ClusterListFilter, type ClusterViewName, toClusterListInput } from "./cluster-list-filter.ts";
import type { GoTo } from "./use-cluster-list-navigation.ts";

const ClusterListCommands = dynamic(() => import("./cluster-list-commands.tsx").then((module) => module.ClusterListCommands), {
  ssr: false,
});

type Props = {
  readonly filter: ClusterListFilter;
  readonly go: GoTo;
  readonly origin: string;
  readonly counts: Readonly<Record<string, number>> | undefined;
  readonly selected: readonly ShownClusterRow[];
};

/** Saved views, search, filters, order, and the command twin of list and selection. */
export function ClusterListTools({ filter, go, origin, counts, selected }: Props) {
  const t = useTranslations("uiClusters.list");
  const [commands, setCommands] = useState(false);
  return (
    <>
      <div role="group" aria-label={t("views")} className="mb-3 flex flex-wrap items-center gap-1.5">
        {VIEW_NAMES.map((view) => (
          <ViewChip
            key={view}
            pressed={view === filter.view}
            count={counts === undefined ? undefined : totalOf(view, counts)}
            onPress={() => go({ view, cursor: "" })}
          >
            {t(`view.${view}`)}
          </ViewChip>
        ))}
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField key={filter.q} filter={filter} go={go} />
        {filter.team !== "" && (
          <FilterChip
            label={t("team")}
            value={filter.team}
            removeLabel={t("removeTeam", { team: filter.team })}
            onRemove={() => go({ team: "", cursor: "" })}
          />
        )}
        <label className="ml-auto flex items-center gap-2 text-caption text-muted max-md:ml-0">
          {t("sortBy")}
          <span className="w-40">
            <SelectInput
              dense
              value={filter.sort}
              onChange={(event) => go({ sort: CLUSTER_SORTS.find((name) => name === event.target.value) ?? "urgency", cursor: "" })}
            >
              {CLUSTER_SORTS.map((sort) => (
                <option key={sort} value={sort}>
                  {t(`sort.${sort}`)}
                </option>
              ))}
            </SelectInput>
          </span>
        </label>
        <Button size="small" variant="quiet" icon={<Terminal size={14} aria-hidden="true" />} onClick={() => setCommands(true)}>
          {selected.length > 0 ? t("selected", { count: selected.length }) : t("command")}
        </Button>
      </div>
      <Dialog open={commands} onOpenChange={setCommands} wide title={selected.length > 0 ? t("selectedCommands") : t("commandTitle")}>
        <ClusterListCommands origin={origin} query={toClusterListInput(filter)} selected={selected} />
      </Dialog>
    </>
  );
}

const VIEW_NAMES: readonly ClusterViewName[] = ["all", "attention", "requested", "changing", "ready"];

function SearchField({ filter, go }: { readonly filter: ClusterListFilter; readonly go: GoTo }) {
  const t = useTranslations("uiClusters.list");
  const input = useRef<HTMLInputElement>(null);
  useShortcuts(useMemo(() => [{ keys: "/", label: t("search"), run: () => input.current?.focus() }], [t]));
  return (
    <form
      role="search"
      className="relative w-[280px] max-md:w-full"
      onSubmit={(event) => {
        event.preventDefault();
        go({ q: input.current?.value.trim() ?? "", cursor: "" });
      }}
    >
      <TextInput ref={input} type="search" aria-label={t("search")} placeholder={t("searchHint")} defaultValue={filter.q} maxLength={100} />
      <span className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2">
        <Kbd>/</Kbd>
      </span>
    </form>
  );
}
