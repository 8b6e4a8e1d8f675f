"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { StatusGlyph } from "../../ui/status-glyph.tsx";
import type { Shown } from "./matrix-counts.ts";
import { type Cell, moveInGrid } from "./matrix-keys.ts";
import { headerSizes, STEP } from "./matrix-layout.ts";
import { MatrixRow } from "./matrix-row.tsx";
import { drawnPlaces, scrollTo } from "./matrix-window.ts";
import type { ShownMatrix } from "./reach-data.ts";

type Props = { readonly matrix: ShownMatrix; readonly shown: Shown };
type View = { readonly top: number; readonly left: number; readonly height: number; readonly width: number };

/** Until the grid is measured. */
const FIRST_VIEW: View = { top: 0, left: 0, height: 560, width: 1120 };

/** Callers down, services across. Only what is in view is drawn; arrows move, Enter opens the question of a cell. */
export function MatrixGrid({ matrix, shown }: Props) {
  const t = useTranslations("uiReach.matrix");
  const router = useRouter();
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const [view, setView] = useState(FIRST_VIEW);
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const [pointed, setPointed] = useState<Cell | null>(null);
  const sizes = useMemo(() => headerSizes(matrix, shown), [matrix, shown]);
  const count = { rows: shown.rows.length, columns: shown.columns.length };
  const at = { row: Math.min(active.row, count.rows - 1), column: Math.min(active.column, count.columns - 1) };
  const down = { offset: view.top, view: view.height - sizes.height, step: STEP, count: count.rows };
  const rows = drawnPlaces(down, at.row);
  const across = { offset: view.left, view: view.width - sizes.width, step: STEP, count: count.columns };
  // One array as long as the same columns are drawn: rows that did not change stay as they are.
  const columns = usePlaces(drawnPlaces(across, at.column).join(" "));

  // Synchronises with the size that the browser gives the grid.
  useEffect(() => {
    const element = grid.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setView(viewOf(element)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const move = (to: Cell) => {
    flushSync(() => setActive(to));
    const element = grid.current;
    if (element === null) return;
    element.scrollTo({
      top: scrollTo(to.row, { ...down, offset: element.scrollTop }),
      left: scrollTo(to.column, { ...across, offset: element.scrollLeft }),
    });
    element.querySelector<HTMLElement>(`[data-cell="${to.row} ${to.column}"]`)?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const pageRows = Math.max(1, Math.floor((view.height - sizes.height) / STEP) - 1);
    const to = moveInGrid(at, event, { ...count, pageRows });
    if (to === null) return;
    event.preventDefault();
    move(to);
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const cell = cellOf(event.target);
    const href = event.target instanceof Element ? event.target.closest("a")?.getAttribute("href") : null;
    if (cell === null || href === null || href === undefined) return;
    setActive(cell);
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(href);
  };
  return (
    <>
      <div
        ref={grid}
        role="grid"
        aria-label={t("grid", { network: matrix.network })}
        aria-rowcount={count.rows + 1}
        aria-colcount={count.columns + 1}
        aria-readonly="true"
        onScroll={(event) => {
          const next = viewOf(event.currentTarget);
          setView((known) => (isSameBlock(known, next) ? known : next));
        }}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={(event) => setPointed(cellOf(event.target))}
        onPointerOver={(event) => setPointed(cellOf(event.target))}
        onPointerLeave={() => setPointed(null)}
        className="relative max-h-[calc(100dvh-7rem)] overflow-auto border-line border-y"
      >
        <Glyphs id={id} matrix={matrix} />
        <div
          role="presentation"
          className="relative"
          style={{ width: sizes.width + count.columns * STEP, height: sizes.height + count.rows * STEP }}
        >
          <div role="row" aria-rowindex={1} className="sticky top-0 z-20 border-line border-b bg-surface" style={{ height: sizes.height }}>
            <div
              role="columnheader"
              aria-colindex={1}
              className="sticky left-0 z-30 flex h-full items-end border-line border-r bg-surface pr-2 pb-1.5 text-caption text-muted"
              style={{ width: sizes.width }}
            >
              {t("corner")}
            </div>
            {columns.map((column) => (
              <div
                key={column}
                role="columnheader"
                aria-colindex={column + 2}
                className={`absolute bottom-0 flex h-full items-center justify-start pt-1.5 text-[11px]/[13px] [writing-mode:vertical-rl] ${pointed?.column === column ? "bg-selected font-medium" : "text-muted"}`}
                style={{ left: sizes.width + column * STEP, width: STEP, rotate: "180deg" }}
              >
                <span className="max-h-full [overflow-wrap:anywhere]">{matrix.services[shown.columns[column] ?? -1]?.name}</span>
              </div>
            ))}
          </div>
          {rows.map((row) => (
            <MatrixRow
              key={row}
              id={id}
              row={row}
              columns={columns}
              matrix={matrix}
              shown={shown}
              sizes={sizes}
              activeColumn={row === at.row ? at.column : -1}
              isPointed={pointed?.row === row}
            />
          ))}
        </div>
      </div>
      <p aria-hidden="true" className="min-h-6 pt-2 text-caption text-muted">
        {pointed === null ? t("keys") : <Told matrix={matrix} shown={shown} cell={pointed} />}
      </p>
    </>
  );
}

/** What the cell under pointer or focus says, for eyes; readers have it as the cell's name. */
function Told({ matrix, shown, cell }: Props & { readonly cell: Cell }) {
  const t = useTranslations("uiReach.matrix");
  const row = shown.rows[cell.row] ?? -1;
  const column = shown.columns[cell.column] ?? -1;
  const outcome = matrix.outcomes[matrix.cells[row]?.[column] ?? -1];
  if (outcome === undefined) return null;
  return (
    <span className="inline-flex items-start gap-1.5 text-text">
      <StatusGlyph glyph={outcome.glyph} size={12} className="mt-0.5" />
      {t("cell", { caller: matrix.callers[row]?.name ?? "", service: matrix.services[column]?.name ?? "", words: outcome.words })}
    </span>
  );
}

/** Each shape once: ten thousand cells point at it. */
function Glyphs({ id, matrix }: { readonly id: string; readonly matrix: ShownMatrix }) {
  return (
    <svg aria-hidden="true" className="absolute size-0">
      {matrix.outcomes.map(({ glyph }, index) => (
        <symbol key={`${glyph} ${index}`} id={`${id}${index}`} viewBox="0 0 14 14">
          <StatusGlyph glyph={glyph} />
        </symbol>
      ))}
    </svg>
  );
}

function cellOf(target: EventTarget): Cell | null {
  const text = target instanceof Element ? target.closest("[data-cell]")?.getAttribute("data-cell") : null;
  const [row, column] = (text ?? "").split(" ").map(Number);
  return text === null || text === undefined || row === undefined || column === undefined ? null : { row, column };
}

function viewOf(element: HTMLElement): View {
  return { top: element.scrollTop, left: element.scrollLeft, height: element.clientHeight, width: element.clientWidth };
}

/** Scrolling by less than a cell draws nothing new. */
function isSameBlock(one: View, other: View): boolean {
  const block = (px: number) => Math.floor(px / STEP / 2);
  return (
    block(one.top) === block(other.top) && block(one.left) === block(other.left) && one.height === other.height && one.width === other.width
  );
}

/** Places out of their text, the same array for the same text. */
function usePlaces(text: string): readonly number[] {
  return useMemo(() => (text === "" ? [] : text.split(" ").map(Number)), [text]);
}
