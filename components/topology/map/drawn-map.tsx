"use client";
import "@xyflow/react/dist/base.css";
import { MiniMap, Panel, ReactFlow, ReactFlowProvider, useReactFlow, useStore, ViewportPortal } from "@xyflow/react";
import { Maximize, ZoomIn, ZoomOut } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from "react";
import { pathOf } from "../../../lib/domain/topology/path-of.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { useReducedMotion } from "../../ui/use-reduced-motion.ts";
import type { LaidMap } from "./layout-keeper.ts";
import type { MapBox, MapLayout } from "./map-layout.ts";
import { MapLines } from "./map-lines.tsx";
import { type Direction, neighbourOf } from "./map-neighbours.ts";
import { type BoxNode, NODE_TYPES } from "./map-nodes.tsx";
import { useBoxNodes } from "./use-box-nodes.ts";
import { useMapChanges } from "./use-map-changes.ts";

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
/** What was looked for is put a little above the middle. */
const EYE_LINE = 0.35;
/** Below this zoom twelve pixels of text are fewer than five. */
const FAR_ZOOM = 0.4;
const AT_REST_MS = 200;
const FOLLOW_MS = 180;

export type DrawnMapProps = {
  readonly laid: LaidMap;
  readonly selected: string | null;
  readonly isOnly: boolean;
  readonly onSelect: (id: string | null) => void;
  /** On the wall the camera follows what is shown, and nothing can be touched. `cut`: without moving. */
  readonly camera?: { readonly isCut: boolean };
  readonly children?: ReactNode;
};

/** A map that was laid out, drawn. Only what is in sight is in the document; the table beside it says the same. */
export function DrawnMap(props: DrawnMapProps) {
  return (
    <ReactFlowProvider>
      <Drawn {...props} />
    </ReactFlowProvider>
  );
}

function Drawn({ laid, selected, isOnly, onSelect, camera, children }: DrawnMapProps) {
  const t = useTranslations("uiMap");
  const flow = useReactFlow<BoxNode>();
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < FAR_ZOOM);
  const frame = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<string | null>(null);
  const { view, layout } = laid;
  const changes = useMapChanges(laid);
  const isCalm = useReducedMotion();
  const path = useMemo(() => (selected === null ? null : pathOf(view, selected)), [view, selected]);
  const chosen = layout.boxes.find(({ node }) => node !== null && node === selected);
  const first = layout.boxes.find(isStop);
  const tabStop = layout.boxes.some(({ key }) => key === stop) ? stop : (chosen?.key ?? first?.key ?? null);
  const nodes = useBoxNodes(laid, {
    selected,
    path: path?.nodes ?? null,
    isOnly: isOnly && selected !== null,
    tabStop,
    changed: changes.boxes,
  });
  const mutable = useMemo(() => [...nodes], [nodes]);

  const show = useEffectEvent((durationMs: number) =>
    showPart({
      flow,
      frame: frame.current,
      layout,
      boxes: boxesAround(layout, { chosen, path: path?.nodes ?? null }),
      durationMs,
      isWall: camera !== undefined,
    }),
  );
  const mapName = laid.map;
  // Only another map moves the view of a reader; on the wall, what is shown.
  useEffect(() => show(0), [mapName]);
  const isWall = camera !== undefined;
  const cut = camera?.isCut === true;
  useEffect(() => {
    if (isWall) show(cut ? 0 : 700);
  }, [isWall, selected, cut]);
  const place = chosen === undefined ? null : `${chosen.key} ${chosen.x} ${chosen.y}`;
  const lastChosen = useRef<MapBox>(undefined);
  const follow = useEffectEvent(() => {
    const before = lastChosen.current;
    lastChosen.current = chosen;
    if (chosen === undefined) return;
    const isLeft = before?.node === chosen.node && !isInSight(flow, frame.current, before);
    if (!isLeft) bringIntoView(flow, frame.current, chosen, isCalm ? 0 : FOLLOW_MS);
  });
  // What was chosen in the panel or by its name may be out of sight, and a new cluster moves when its VPC becomes known. Who looks elsewhere meanwhile is left there.
  useEffect(() => {
    if (!isWall) follow();
  }, [isWall, place]);

  const onMove = useMovingMark(frame);
  const onMoveEnd = () => {
    if (isWall) return;
    const at = layout.boxes.find(({ key }) => key === tabStop);
    if (at !== undefined && isInSight(flow, frame.current, at)) return;
    const inSight = layout.boxes.find((box) => isStop(box) && isInSight(flow, frame.current, box));
    if (inSight !== undefined) setStop(inSight.key);
  };

  const focusOn = (key: string) => {
    setStop(key);
    const box = layout.boxes.find((one) => one.key === key);
    if (box !== undefined) bringIntoView(flow, frame.current, box, 0);
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        frame.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true }),
      ),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (camera !== undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.target instanceof HTMLElement ? event.target.dataset["key"] : undefined;
    const direction = ARROWS[event.key];
    if (key !== undefined && direction !== undefined) {
      event.preventDefault();
      const next = neighbourOf(layout, key, direction);
      if (next !== null) focusOn(next);
    }
    if (event.key === "Escape" && selected !== null) {
      event.preventDefault();
      onSelect(null);
    }
  };
  const onClick = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-node]") : null;
    const id = button?.dataset["node"];
    if (id === undefined || camera !== undefined) return;
    setStop(button?.dataset["key"] ?? null);
    onSelect(id === selected ? null : id);
  };
  return (
    <div
      ref={frame}
      role="group"
      aria-label={t("label")}
      aria-describedby="map-keys"
      onKeyDown={onKeyDown}
      onClick={onClick}
      data-far={isFar || undefined}
      className="group/map absolute inset-0"
    >
      <p id="map-keys" className="sr-only">
        {t("keysHint")}
      </p>
      <ReactFlow<BoxNode>
        nodes={mutable}
        nodeTypes={NODE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        onlyRenderVisibleElements
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        zoomOnDoubleClick={false}
        panOnDrag={camera === undefined}
        zoomOnScroll={camera === undefined}
        zoomOnPinch={camera === undefined}
        minZoom={0.08}
        maxZoom={2.4}
        proOptions={{ hideAttribution: true }}
        onMove={onMove}
        onMoveEnd={onMoveEnd}
        className="bg-canvas! group-data-moving/map:[&_.react-flow\_\_viewport]:will-change-transform"
      >
        <ViewportPortal>
          <MapLines
            view={view}
            lines={layout.lines}
            path={path?.edges ?? null}
            isOnly={isOnly && selected !== null}
            changed={changes.lines}
          />
        </ViewportPortal>
        {camera === undefined && (
          <>
            <MiniMap
              pannable
              ariaLabel={t("minimap")}
              nodeColor={colorOf}
              nodeStrokeColor="var(--tr-line-strong)"
              maskColor="color-mix(in srgb, var(--tr-sunken) 70%, transparent)"
              bgColor="var(--tr-surface)"
              className="bottom-[58px]! right-[18px]! m-0! overflow-hidden rounded-md border border-line max-lg:hidden"
              style={{ width: 168, height: 104 }}
            />
            <Panel
              position="bottom-right"
              className="right-[18px]! bottom-[172px]! m-0! flex rounded-md border border-line bg-surface max-lg:bottom-[58px]!"
            >
              <IconButton label={t("zoomIn")} onClick={() => void flow.zoomIn({ duration: isCalm ? 0 : 120 })}>
                <ZoomIn size={16} aria-hidden="true" />
              </IconButton>
              <IconButton label={t("zoomOut")} onClick={() => void flow.zoomOut({ duration: isCalm ? 0 : 120 })}>
                <ZoomOut size={16} aria-hidden="true" />
              </IconButton>
              <IconButton
                label={t("fit")}
                onClick={() => showPart({ flow, frame: frame.current, layout, boxes: [], durationMs: isCalm ? 0 : 180, isWall: true })}
              >
                <Maximize size={16} aria-hidden="true" />
              </IconButton>
            </Panel>
          </>
        )}
      </ReactFlow>
      {children}
    </div>
  );
}

/** Says on the frame that the map moves right now: only then it is worth a layer of its own, which a browser shifts without painting it again. */
function useMovingMark(frame: RefObject<HTMLElement | null>): () => void {
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  return () => {
    frame.current?.toggleAttribute("data-moving", true);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => frame.current?.toggleAttribute("data-moving", false), AT_REST_MS);
  };
}

function colorOf({ data, type }: BoxNode): string {
  const { mark, node } = data;
  if (mark === "selected" || mark === "on") return "var(--tr-accent)";
  if (node?.glyph === "failed") return "var(--tr-failed)";
  if (node?.glyph === "attention" || node?.glyph === "waiting") return "var(--tr-attention)";
  return type === "bus" ? "var(--tr-accent-line)" : type === "account" || type === "vpc" ? "var(--tr-sunken)" : "var(--tr-line-strong)";
}

type Flow = ReturnType<typeof useReactFlow<BoxNode>>;

/** The chosen box and what lies on its path; the boxes around them count only where nothing in them does. */
function boxesAround(
  { boxes }: MapLayout,
  { chosen, path }: { readonly chosen: MapBox | undefined; readonly path: ReadonlySet<string> | null },
): readonly MapBox[] {
  if (chosen === undefined) return [];
  const small = boxes.filter((box) => isStop(box) && box.kind !== "bus" && path?.has(box.node) === true);
  return [chosen, ...small];
}

type Show = {
  readonly flow: Flow;
  readonly frame: HTMLElement | null;
  readonly layout: MapLayout;
  /** What has to be in sight; none: the whole map. */
  readonly boxes: readonly MapBox[];
  readonly durationMs: number;
  readonly isWall: boolean;
};

/** The whole map, from its upper left corner where it would become too small to read; or a part of it in the middle. */
function showPart({ flow, frame, layout, boxes, durationMs, isWall }: Show): void {
  if (frame === null) return;
  const { clientWidth: width, clientHeight: height } = frame;
  const margin = isWall ? 40 : 18;
  const foot = isWall ? 24 : 130;
  const whole = boxes.length === 0;
  const part = whole ? layout.bounds : around(boxes);
  const fit = Math.min((width - 2 * margin) / Math.max(1, part.w), (height - margin - foot) / Math.max(1, part.h));
  const zoom = whole
    ? Math.min(isWall ? 1.6 : 1, Math.max(isWall ? 0.08 : 0.5, fit))
    : Math.min(isWall ? 2.2 : 1, Math.max(isWall ? 0.5 : 0.6, fit * 0.9));
  const fitsX = part.w * zoom <= width - 2 * margin;
  const fitsY = part.h * zoom <= height - margin - foot;
  const x = fitsX && (!whole || isWall) ? (width - part.w * zoom) / 2 - part.x * zoom : margin - part.x * zoom;
  const y = fitsY && (!whole || isWall) ? (height - foot - part.h * zoom) / 2 - part.y * zoom : margin - part.y * zoom;
  void flow.setViewport({ x, y, zoom }, { duration: durationMs });
}

function around(boxes: readonly MapBox[]): MapLayout["bounds"] {
  const x = Math.min(...boxes.map((box) => box.x)) - 60;
  const y = Math.min(...boxes.map((box) => box.y)) - 60;
  return { x, y, w: Math.max(...boxes.map((box) => box.x + box.w)) + 60 - x, h: Math.max(...boxes.map((box) => box.y + box.h)) + 60 - y };
}

/** Where the keyboard enters the map; what only holds other things is not. */
function isStop(box: MapBox): box is MapBox & { readonly node: string } {
  return box.node !== null && box.kind !== "account" && box.kind !== "vpc";
}

function isInSight(flow: Flow, frame: HTMLElement | null, box: MapBox): boolean {
  if (frame === null) return false;
  const { x, y, zoom } = flow.getViewport();
  const left = box.x * zoom + x;
  const top = box.y * zoom + y;
  return left >= 0 && top >= 0 && left + box.w * zoom <= frame.clientWidth && top + box.h * zoom <= frame.clientHeight - 60;
}

/** Moves the view only when the box is not in it. */
function bringIntoView(flow: Flow, frame: HTMLElement | null, box: MapBox, durationMs: number): void {
  if (frame === null || isInSight(flow, frame, box)) return;
  const { zoom } = flow.getViewport();
  void flow.setViewport(
    { zoom, x: frame.clientWidth / 2 - (box.x + box.w / 2) * zoom, y: frame.clientHeight * EYE_LINE - (box.y + box.h / 2) * zoom },
    { duration: durationMs, interpolate: "linear" },
  );
}
