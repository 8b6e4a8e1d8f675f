"use client";
import clsx from "clsx";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { paths } from "../../../lib/paths.ts";
import { toneClass, toneOf } from "../../ui/tone.ts";
import type { Shown } from "./matrix-counts.ts";
import { type HeaderSizes, STEP } from "./matrix-layout.ts";
import type { ShownMatrix } from "./reach-data.ts";

type Props = {
  readonly id: string;
  readonly row: number;
  readonly columns: readonly number[];
  readonly matrix: ShownMatrix;
  readonly shown: Shown;
  readonly sizes: HeaderSizes;
  /** The column whose cell takes the focus, -1 when it is in another row. */
  readonly activeColumn: number;
  readonly isPointed: boolean;
};

/** One caller against the services in view. A cell is a link to its question, named by its answer. */
export const MatrixRow = memo(function MatrixRow({ id, row, columns, matrix, shown, sizes, activeColumn, isPointed }: Props) {
  const t = useTranslations("uiReach.matrix");
  const from = shown.rows[row] ?? -1;
  const caller = matrix.callers[from];
  if (caller === undefined) return null;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className="absolute right-0 left-0 border-line-soft border-b"
      style={{ top: sizes.height + row * STEP, height: STEP }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        title={caller.team ?? undefined}
        className={clsx(
          "sticky left-0 z-10 flex h-full items-center border-line border-r pr-2 text-[11px]/[13px]",
          isPointed ? "bg-selected font-medium" : "bg-surface text-text",
        )}
        style={{ width: sizes.width }}
      >
        <span className="[overflow-wrap:anywhere]">{caller.name}</span>
      </div>
      {columns.map((column) => {
        const service = matrix.services[shown.columns[column] ?? -1];
        const index = matrix.cells[from]?.[shown.columns[column] ?? -1] ?? -1;
        const outcome = matrix.outcomes[index];
        if (service === undefined || outcome === undefined) return null;
        return (
          <div
            key={column}
            role="gridcell"
            aria-colindex={column + 2}
            className={clsx("absolute top-0 h-full", toneClass(toneOf(outcome.glyph)), outcome.verdict !== "yes" && "bg-(--tone-bg)")}
            style={{ left: sizes.width + column * STEP, width: STEP }}
          >
            <a
              href={paths.reach({ caller: caller.id, service: `${service.namespace}/${service.name}` })}
              tabIndex={column === activeColumn ? 0 : -1}
              data-cell={`${row} ${column}`}
              aria-label={t("cell", { caller: caller.name, service: service.name, words: outcome.words })}
              className="grid h-full place-items-center -outline-offset-2 hover:shadow-[inset_0_0_0_1px_var(--tr-line-strong)]"
            >
              <svg width="14" height="14" aria-hidden="true">
                <use href={`#${id}${index}`} />
              </svg>
            </a>
          </div>
        );
      })}
    </div>
  );
});
