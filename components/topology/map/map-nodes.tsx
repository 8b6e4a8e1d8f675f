"use client";
import type { Node, NodeProps } from "@xyflow/react";
import clsx from "clsx";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { StatusGlyph } from "../../ui/status-glyph.tsx";
import { toneClass, toneOf } from "../../ui/tone.ts";
import { useJoined } from "../../ui/use-joined.ts";
import type { MapBand, MapBox } from "./map-layout.ts";
import { SIZE } from "./map-sizes.ts";
import type { ShownNode } from "./map-view.ts";

/** `on`: part of the path of what is selected; `off`: not, while only the path is asked for. */
export type Mark = "plain" | "on" | "selected" | "off";
export type BoxData = {
  readonly box: MapBox;
  readonly node: ShownNode | null;
  readonly mark: Mark;
  readonly isTabStop: boolean;
  /** A moment ago it was not here, or said something else. */
  readonly isChanged: boolean;
  readonly band: MapBand | null;
  readonly counts: { readonly services: number; readonly vpcs: number } | null;
};
export type BoxNode = Node<BoxData & Record<string, unknown>, MapBox["kind"]>;

const press = "pointer-events-auto outline-offset-1 text-left text-[12px]/[17px]";

/** Words that nobody could read from so far away are not drawn; `title` still says them. */
const near = "group-data-far/map:hidden";

/** From far away what is not well is a shape on a ground of its colour. */
function far({ glyph }: ShownNode): string {
  if (glyph === "ok" || glyph === "todo") return "";
  return clsx(
    toneClass(toneOf(glyph)),
    "group-data-far/map:justify-center group-data-far/map:border-(--tone)! group-data-far/map:bg-(--tone-bg) group-data-far/map:[&_svg]:size-full group-data-far/map:[&_svg]:max-h-10",
  );
}

/** What every box that stands for a node says of itself, and how it is reached. */
function faceOf({ box, node, mark, isTabStop }: BoxData) {
  if (node === null) return null;
  return {
    type: "button" as const,
    "data-key": box.key,
    "data-node": node.id,
    "aria-pressed": mark === "selected",
    tabIndex: isTabStop ? 0 : -1,
    title: `${node.name}: ${node.sentence}`,
  };
}

/** What the eye reads from place and shape, for those who listen; it follows the words that are drawn. */
function Said({ node }: { readonly node: ShownNode }) {
  const t = useTranslations("uiMap");
  return <span className={clsx("sr-only", near)}>{`, ${t(`kind.${node.kind}`)}, ${t(`glyph.${node.glyph}`)}`}</span>;
}

/** The chosen box has colours of its own, under which a tint would not be read. */
function fade({ mark, isChanged }: BoxData): string {
  return clsx(mark === "off" && "opacity-25", isChanged && mark !== "selected" && "changed-tint");
}

const AccountBox = memo(function AccountBox({ data }: NodeProps<BoxNode>) {
  const { box, node, mark } = data;
  const t = useTranslations("uiMap");
  const face = faceOf(data);
  const awsId = node?.facts.find(({ key }) => key === "awsAccountId")?.value ?? "";
  return (
    <div
      className={clsx(
        "flex size-full rounded-md border bg-surface",
        box.faces === "up" ? "flex-col-reverse" : "flex-col",
        node === null ? "border-line-strong border-dashed" : "border-line-strong",
        mark === "selected" && "border-accent! shadow-[0_0_0_3px_var(--tr-accent-line)]",
        fade(data),
      )}
    >
      {face === null ? (
        <p className="flex h-7 items-center px-2 text-[12px] text-muted">{t(`nowhere.${box.nowhere ?? "no-account"}`)}</p>
      ) : (
        <button {...face} className={clsx(press, "flex h-7 flex-none items-center gap-2 rounded-sm px-2")}>
          {node !== null && node.glyph !== "ok" && <StatusGlyph glyph={node.glyph} size={12} />}
          <b className={clsx("min-w-0 truncate text-[13px]", near)}>{node?.name}</b>
          {node?.folded != null && (
            <small className={clsx("flex-none text-muted", near)}>{t("foldedIn", { count: node.folded.count })}</small>
          )}
          <small className={clsx("ml-auto flex-none text-faint tabular-nums", near)}>{dashed(awsId)}</small>
          {node !== null && <Said node={node} />}
        </button>
      )}
    </div>
  );
});

function dashed(awsId: string): string {
  return awsId.replace(/^(\d{4})(\d{4})(\d{4})$/, "$1-$2-$3");
}

const VpcBox = memo(function VpcBox({ data }: NodeProps<BoxNode>) {
  const { box, node, mark } = data;
  const t = useTranslations("uiMap");
  const face = faceOf(data);
  const cidr = node?.facts.find(({ key }) => key === "cidr")?.value ?? "";
  return (
    <div
      className={clsx(
        "flex size-full rounded-sm border border-line bg-sunken",
        box.faces === "up" ? "flex-col-reverse" : "flex-col",
        mark === "selected" && "border-accent! shadow-[0_0_0_2px_var(--tr-accent-line)]",
        fade(data),
      )}
    >
      {face === null ? (
        <p className="flex h-10 items-center truncate px-[7px] text-[12px] text-faint">{t(`nowhere.${box.nowhere ?? "no-vpc"}`)}</p>
      ) : (
        <button
          {...face}
          title={[node?.name, cidr, node?.sentence].filter(Boolean).join(" · ")}
          className={clsx(press, "flex h-10 flex-none flex-col justify-center overflow-hidden rounded-sm px-[7px] text-faint")}
        >
          <code className={clsx("max-w-full truncate text-[11px]/[16px]", near)}>{node?.name}</code>
          <span className="flex max-w-full items-center gap-1.5 text-[12px]/[16px]">
            {node !== null && node.glyph !== "ok" && node.glyph !== "todo" && <StatusGlyph glyph={node.glyph} size={12} />}
            <span className={clsx("min-w-0 truncate tabular-nums", near)}>{cidr}</span>
            {node?.folded != null && <span className={clsx("flex-none", near)}>{t("foldedIn", { count: node.folded.count })}</span>}
          </span>
          {node !== null && <Said node={node} />}
        </button>
      )}
    </div>
  );
});

const CellBox = memo(function CellBox({ data }: NodeProps<BoxNode>) {
  const { node, mark } = data;
  const t = useTranslations("uiMap");
  const joined = useJoined();
  const face = faceOf(data);
  if (face === null || node === null) return null;
  const note = [
    node.note ?? (node.kind === "cluster" ? "" : t(`kind.${node.kind}`)),
    node.folded === null ? "" : t("foldedIn", { count: node.folded.count }),
  ];
  return (
    <button
      {...face}
      className={clsx(
        press,
        "flex size-full items-start overflow-hidden rounded-sm border border-line-strong bg-surface hover:bg-hover",
        far(node),
        mark === "on" && "border-accent! shadow-[inset_0_0_0_1px_var(--tr-accent)]",
        mark === "selected" && "border-accent! shadow-[inset_0_0_0_1px_var(--tr-accent),0_0_0_3px_var(--tr-accent-line)]",
        fade(data),
      )}
    >
      <span className="flex w-full items-center gap-[5px] pr-[5px] pl-1.5" style={{ height: SIZE.cell.h - 4 }}>
        <StatusGlyph glyph={node.glyph} />
        <span className={clsx("min-w-0", near)}>
          <b className="block truncate">{node.name}</b>
          <small className="block truncate text-[12px] text-muted">{joined(note)}</small>
        </span>
      </span>
      <Said node={node} />
    </button>
  );
});

const RowBox = memo(function RowBox({ data }: NodeProps<BoxNode>) {
  const { node, mark } = data;
  const face = faceOf(data);
  if (face === null || node === null) return null;
  return (
    <button
      {...face}
      className={clsx(
        press,
        "flex size-full items-center gap-1 overflow-hidden rounded-sm border border-transparent bg-sunken px-1",
        far(node),
        (mark === "on" || mark === "selected") && "border-accent!",
        fade(data),
      )}
    >
      {node.kind === "consumer" ? (
        <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true" className="flex-none fill-none stroke-line-strong">
          <path d="M0 6h5" strokeWidth="1.3" />
          <circle cx="8" cy="6" r="3" strokeWidth="1.3" />
        </svg>
      ) : (
        <StatusGlyph glyph={node.glyph} size={12} />
      )}
      <span className={clsx("min-w-0 truncate", near)}>{shortName(node)}</span>
      <Said node={node} />
    </button>
  );
});

function shortName({ kind, name }: ShownNode): string {
  return kind === "kube-service" ? (name.split("/").at(-1) ?? name) : name;
}

const BadgeBox = memo(function BadgeBox({ data }: NodeProps<BoxNode>) {
  const { node, mark } = data;
  const face = faceOf(data);
  if (face === null || node === null) return null;
  return (
    <button
      {...face}
      className={clsx(
        press,
        "flex size-full items-center justify-center gap-1 rounded-sm border border-line bg-surface text-[11px]/[14px]! tabular-nums",
        far(node),
        (mark === "on" || mark === "selected") && "border-accent!",
        fade(data),
      )}
    >
      {node.glyph !== "ok" && <StatusGlyph glyph={node.glyph} size={12} />}
      <span className={clsx("truncate", near)}>{node.note ?? ""}</span>
      <span className={clsx("sr-only", near)}> {node.name}</span>
      <Said node={node} />
    </button>
  );
});

const BusBox = memo(function BusBox({ data }: NodeProps<BoxNode>) {
  const { node, mark, band, counts } = data;
  const t = useTranslations("uiMap");
  const face = faceOf(data);
  const up = band?.portRows.up ?? 0;
  const top = SIZE.bus.inset + (up > 0 ? up * SIZE.port.rowPitch - 4 : 0);
  const title = "absolute left-3 flex max-w-[calc(100%-24px)] items-center gap-2.5 whitespace-nowrap px-1";
  const style = { top, height: SIZE.bus.title };
  return (
    <div
      className={clsx(
        "relative size-full rounded-md border",
        node === null ? "border-line-strong border-dashed bg-sunken" : "border-accent-line bg-accent-bg",
        mark === "selected" && "shadow-[0_0_0_3px_var(--tr-accent-line)]",
        fade(data),
      )}
    >
      {face === null ? (
        <p className={clsx(title, "text-[12px] text-muted")} style={style}>
          {t("nowhere.unjoined")}
        </p>
      ) : (
        <button {...face} className={clsx(press, title)} style={style}>
          {node !== null && node.glyph !== "ok" && <StatusGlyph glyph={node.glyph} />}
          <b className="truncate text-[13px] text-accent">{node?.name}</b>
          <small className="truncate text-[12px] text-muted">
            {t("bus", { services: counts?.services ?? 0, vpcs: counts?.vpcs ?? 0 })}
          </small>
          {node !== null && <Said node={node} />}
        </button>
      )}
    </div>
  );
});

const PortBox = memo(function PortBox({ data }: NodeProps<BoxNode>) {
  const { node, mark } = data;
  const face = faceOf(data);
  if (face === null || node === null) return null;
  const isChosen = mark === "selected";
  return (
    <button
      {...face}
      className={clsx(
        press,
        "flex size-full items-center gap-1.5 rounded-[12px] border px-[7px]",
        isChosen
          ? "border-ink bg-ink text-on-ink shadow-[0_0_0_3px_var(--tr-accent-line)] [--tr-surface:var(--tr-ink)]"
          : "border-line-strong bg-surface hover:bg-hover",
        node.kind === "lattice-service" && "border-dashed",
        !isChosen && far(node),
        mark === "on" && "border-accent! shadow-[inset_0_0_0_1px_var(--tr-accent)]",
        fade(data),
      )}
    >
      <StatusGlyph glyph={node.glyph} size={12} {...(isChosen ? { className: "text-on-ink!" } : {})} />
      <b className={clsx("min-w-0 flex-1 truncate", near)}>{node.name}</b>
      <small className={clsx("flex-none text-[12px] tabular-nums", near, !isChosen && "text-muted")}>
        {node.note?.includes("/") === true ? node.note : ""}
      </small>
      <Said node={node} />
    </button>
  );
});

export const NODE_TYPES = {
  account: AccountBox,
  vpc: VpcBox,
  cluster: CellBox,
  cell: CellBox,
  row: RowBox,
  badge: BadgeBox,
  bus: BusBox,
  port: PortBox,
};
