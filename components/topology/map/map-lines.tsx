"use client";
import clsx from "clsx";
import { memo } from "react";
import { glyphOn, labelOf, lookOf, middleOf, pathData, socketOf } from "./line-look.ts";
import type { MapLayout, MapLine } from "./map-layout.ts";
import type { ShownTopology } from "./map-view.ts";

const STROKE = { plain: "stroke-line-strong", path: "stroke-accent", failed: "stroke-failed", attention: "stroke-attention" } as const;

type Props = {
  readonly view: ShownTopology;
  readonly lines: MapLayout["lines"];
  readonly path: ReadonlySet<string> | null;
  readonly isOnly: boolean;
  readonly changed: ReadonlySet<string>;
};

/** All lines of the map; the table says the same in words. */
export const MapLines = memo(function MapLines({ view, lines, path, isOnly, changed }: Props) {
  return (
    <svg aria-hidden="true" width="1" height="1" className="pointer-events-none absolute top-0 left-0 overflow-visible fill-none">
      {lines.map((line) => {
        const isOn = path !== null && line.edges.some((id) => path.has(id));
        const glyph = isOn ? glyphOn(line, view, path) : line.glyph;
        return <Line key={line.key} line={line} glyph={glyph} isOn={isOn} isFaded={isOnly && !isOn} isChanged={changed.has(line.key)} />;
      })}
    </svg>
  );
});

type LineProps = {
  readonly line: MapLine;
  readonly glyph: MapLine["glyph"];
  readonly isOn: boolean;
  readonly isFaded: boolean;
  readonly isChanged: boolean;
};

const Line = memo(function Line({ line, glyph, isOn, isFaded, isChanged }: LineProps) {
  const look = lookOf({ ...line, glyph }, { isOn, isFaded });
  const socket = socketOf(line);
  const label = labelOf(line);
  const cut = look.isCut ? middleOf(line.points) : null;
  return (
    <g className={clsx(STROKE[look.tone], isFaded && "opacity-20", isChanged && "changed-line")} data-line={line.key}>
      <path d={pathData(line.points)} strokeWidth={look.width} {...(look.dash === null ? {} : { strokeDasharray: look.dash })} />
      {socket !== null &&
        (line.kind === "join" ? (
          <rect x={socket[0] - 3.5} y={socket[1] - 3.5} width="7" height="7" rx="1" strokeWidth="1.5" className="fill-surface" />
        ) : (
          <circle cx={socket[0]} cy={socket[1]} r="4" strokeWidth="1.5" className="fill-surface" />
        ))}
      {cut !== null && (
        <g transform={`translate(${cut[0]} ${cut[1]})`}>
          <circle r="8" strokeWidth="1.5" className="fill-surface" />
          <path d="M-3 -3 3 3M-3 3 3 -3" strokeWidth="1.75" strokeLinecap="round" />
        </g>
      )}
      {label !== null && (
        <text
          x={label.at[0]}
          y={label.at[1]}
          strokeWidth="4"
          className={clsx("stroke-canvas font-medium text-[12px] [paint-order:stroke]", isOn ? "fill-accent" : "fill-muted")}
        >
          {label.text}
        </text>
      )}
    </g>
  );
});
