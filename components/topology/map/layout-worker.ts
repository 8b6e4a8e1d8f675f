import { layOutMap } from "./lay-out-map.ts";
import type { MapLayout } from "./map-layout.ts";
import type { MapGraph } from "./map-view.ts";

/** `previous`: the layout in which nothing that stays may move; null lays the map out anew. */
export type LayoutQuestion = { readonly turn: number; readonly graph: MapGraph; readonly previous: MapLayout | null };
export type LayoutAnswer = { readonly turn: number; readonly layout: MapLayout };

addEventListener("message", ({ data: { turn, graph, previous } }: MessageEvent<LayoutQuestion>) => {
  postMessage({ turn, layout: layOutMap(graph, previous) } satisfies LayoutAnswer);
});
