"use client";
import { Map as MapIcon } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter, useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useRef, useSyncExternalStore } from "react";
import { paths } from "../../../lib/paths.ts";
import { queryKeys } from "../../live/query-keys.ts";
import { useLiveQuery } from "../../live/use-live-query.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { useToaster } from "../../ui/toast.tsx";
import type { ExportKind } from "./export-kinds.ts";
import { LateSources } from "./late-sources.tsx";
import { addressQuery, inputQuery, type MapAddress, readAddress, withInput } from "./map-address.ts";
import { MapCanvas } from "./map-canvas.tsx";
import type { MapLayout } from "./map-layout.ts";
import { MapLegend } from "./map-legend.tsx";
import { MapPanel } from "./map-panel.tsx";
import { MapTable } from "./map-table.tsx";
import { MapToolbar } from "./map-toolbar.tsx";
import type { ShownNode, ShownTopology } from "./map-view.ts";
import { hrefOf } from "./node-words.ts";

const WallMap = dynamic(() => import("./wall-map.tsx").then((module) => module.WallMap), { ssr: false });

/** The map of everything that is joined, the table with the same facts, and the wall. The address holds all of it. */
export function TopologyPage() {
  const t = useTranslations("uiMap");
  const router = useRouter();
  const params = useSearchParams();
  const address = useMemo(() => readAddress(toParams(params)), [params]);
  const query = useLiveQuery(queryKeys.topology(inputQuery(address.input)));
  const narrow = useNarrow();
  const layout = useRef<MapLayout | null>(null);
  const doExport = useExport(layout);
  const view = query.data;
  const unasked = narrow ? "table" : "map";
  // Before a browser said how wide it is, nothing is begun that it may not need.
  const shows = address.view ?? (narrow === null ? null : unasked);
  const selected = view?.nodes.find(({ id }) => id === address.select) ?? null;

  // What only changes the look stays in the browser; another part of the graph is asked for.
  const look = (change: Partial<MapAddress>) => history.replaceState(null, "", paths.topology(addressQuery({ ...address, ...change })));
  const ask = (input: MapAddress["input"]) => router.push(paths.topology(addressQuery({ ...address, input })), { scroll: false });
  const search = (text: string) => {
    const found = text === "" ? undefined : findNode(view, text);
    if (found === undefined) ask(withInput(address.input, { q: text }));
    else look({ select: found.id });
  };
  const wall = () => look({ wall: true });
  useMapKeys({ hasSelection: selected !== null, onOnly: () => look({ only: !address.only }), onWall: wall });

  if (view === undefined)
    return query.isError ? (
      <ErrorState title={t("errorTitle")} onRetry={() => void query.refetch()} />
    ) : (
      <SkeletonRows rows={8} columns={4} />
    );
  if (address.wall) return <WallMap view={view} map={JSON.stringify(inputQuery(address.input))} onLeave={() => look({ wall: false })} />;
  const isEmpty = view.nodes.length === 0 && Object.keys(inputQuery(address.input)).length === 0;
  if (isEmpty)
    return (
      <EmptyState icon={MapIcon} title={t("emptyTitle")}>
        {t("empty")}
      </EmptyState>
    );
  const isFiltered = view.nodes.length === 0;
  return (
    <div
      data-wide=""
      data-fill=""
      className="-mx-(--tr-gutter) -mt-6 -mb-16 flex flex-col max-md:-mx-4 max-md:-mt-4 md:min-h-[560px] md:flex-1"
    >
      <MapToolbar
        view={view}
        address={address}
        shows={shows ?? "map"}
        selected={selected}
        onInput={ask}
        onSearch={search}
        onOnly={(only) => look({ only })}
        onView={(next) => look({ view: next === unasked ? null : next })}
        onWall={wall}
        onExport={(kind) => void doExport(kind, view)}
      />
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <div className="relative min-w-0 flex-1 overflow-hidden max-md:flex-none">
          {shows === "map" && !isFiltered && (
            <div className="relative size-full max-md:h-[70dvh]">
              <MapCanvas
                view={view}
                map={JSON.stringify(inputQuery(address.input))}
                selected={selected?.id ?? null}
                isOnly={address.only}
                onSelect={(select) => look({ select, only: select === null ? false : address.only })}
                onTable={() => look({ view: "table" })}
                onLayout={(next) => {
                  layout.current = next;
                }}
              >
                <div className="pointer-events-none absolute bottom-[58px] left-[18px] z-10 w-[560px] max-w-[calc(100%-230px)] [&>*]:pointer-events-auto max-md:max-w-[calc(100%-2rem)]">
                  <LateSources view={view} onRetry={() => void query.refetch()} />
                </div>
                <MapLegend view={view} />
              </MapCanvas>
            </div>
          )}
          {(shows === "table" || isFiltered) && (
            <div className="h-full overflow-y-auto px-(--tr-gutter) pt-3 pb-16 max-md:px-4">
              <div className="mb-3 empty:hidden">
                <LateSources view={view} onRetry={() => void query.refetch()} />
              </div>
              <p className="mb-2 text-caption text-muted">{t("tableNote", { count: view.nodes.length, total: view.total })}</p>
              <MapTable
                view={view}
                hrefOf={(node) => hrefOf(node) ?? paths.topology(addressQuery({ ...address, view: "map", select: node.id }))}
              />
            </div>
          )}
        </div>
        {selected !== null && (
          // A long panel scrolls beside the map and does not make the page longer.
          <div className="relative w-[304px] flex-none max-md:w-full">
            <MapPanel
              view={view}
              node={selected}
              address={address}
              onSelect={(select) => look({ select, ...(select === null ? { only: false } : {}) })}
              onInput={ask}
            />
          </div>
        )}
      </div>
    </div>
  );
}

/** The one node that a text names: by its name exactly, else the only one that contains it. */
function findNode(view: ShownTopology | undefined, text: string): ShownNode | undefined {
  const wanted = text.toLowerCase();
  const nodes = (view?.nodes ?? []).filter(({ kind }) => kind !== "target-group" && kind !== "kube-service");
  const exact = nodes.filter(({ name }) => name.toLowerCase() === wanted);
  if (exact.length > 0) return exact.find(({ kind }) => kind === "route" || kind === "cluster") ?? exact[0];
  const some = nodes.filter(({ name }) => name.toLowerCase().includes(wanted));
  return some.length === 1 ? some[0] : undefined;
}

function toParams(params: URLSearchParams): Record<string, readonly string[]> {
  return Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
}

const NARROW = "(max-width: 47.49rem)";

/** null: on the server, which cannot know. */
function useNarrow(): boolean | null {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(NARROW);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(NARROW).matches,
    () => null,
  );
}

function useMapKeys({
  hasSelection,
  onOnly,
  onWall,
}: {
  readonly hasSelection: boolean;
  readonly onOnly: () => void;
  readonly onWall: () => void;
}): void {
  const t = useTranslations("uiMap.keys");
  useShortcuts([...(hasSelection ? [{ keys: "p", label: t("path"), run: onOnly }] : []), { keys: "w", label: t("wall"), run: onWall }]);
}

function useExport(layout: { readonly current: MapLayout | null }) {
  const t = useTranslations("uiMap");
  const locale = useLocale();
  const toaster = useToaster();
  return async (kind: ExportKind, view: ShownTopology) => {
    const [{ exportMap }, { layOutMap }] = await Promise.all([import("./export-map.ts"), import("./lay-out-map.ts")]);
    const made = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "long" }).format(Date.now());
    const words = {
      title: t("title"),
      note: t("export.note", { made, shown: view.nodes.length, total: view.total }),
      nowhere: (place: string) => t(`nowhere.${place}`),
      glyph: (glyph: string) => t(`glyph.${glyph}`),
    };
    await exportMap(kind, { view, layout: layout.current ?? layOutMap(view, null), words }).catch(() => toaster.failed(t("export.failed")));
  };
}
