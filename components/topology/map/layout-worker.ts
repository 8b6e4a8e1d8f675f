import { layOutMap } from "./lay-out-map.ts";
import type { MapLayout } from "./map-layout.ts";
import type { MapGraph } from "./map-view.ts";

/** `map` names filter and focus: with another one the map is laid out anew. */
export type LayoutQuestion = { readonly map: string; readonly turn: number; readonly graph: MapGraph };
export type LayoutAnswer = { readonly map: string; readonly turn: number; readonly layout: MapLayout };

let last: { readonly map: string; readonly layout: MapLayout } | null = null;

addEventListener("message", ({ data }: MessageEvent<LayoutQuestion>) => {
  const layout = layOutMap(data.graph, last?.map === data.map ? last.layout : null);
  last = { map: data.map, layout };
  postMessage({ map: data.map, turn: data.turn, layout } satisfies LayoutAnswer);
});
