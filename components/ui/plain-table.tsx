import clsx from "clsx";
import type { ReactNode } from "react";

export type PlainColumn = {
  readonly id: string;
  readonly header: string;
  readonly align?: "right";
  readonly width?: string;
  readonly narrow?: "left" | "right" | "hidden";
};
type Props = {
  readonly label: string;
  readonly columns: readonly PlainColumn[];
  readonly rows: readonly { readonly key: string; readonly cells: Readonly<Record<string, ReactNode>> }[];
};

/** A table that is only read: no keys, no links of its own. On a phone a row becomes a block. */
export function PlainTable({ label, columns, rows }: Props) {
  return (
    <table aria-label={label} className="w-full border-collapse text-table max-md:block">
      <thead className="max-md:sr-only">
        <tr>
          {columns.map(({ id, header, align, width }) => (
            <th
              key={id}
              scope="col"
              className={clsx(
                "border-line border-b py-[7px] pr-3 text-left align-bottom font-normal text-caption text-muted last:pr-0",
                align === "right" && "text-right",
                width,
              )}
            >
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map(({ key, cells }) => (
          <tr
            key={key}
            className="border-line-soft border-b max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:py-2.5"
          >
            {columns.map(({ id, align, narrow }, at) => (
              <td
                key={id}
                className={clsx(
                  "py-[7px] pr-3 align-top [overflow-wrap:anywhere] last:pr-0 max-md:block max-md:p-0!",
                  at === 0 && "font-medium",
                  align === "right" && "text-right tabular-nums",
                  narrow === "hidden" && "max-md:hidden!",
                  narrow === "right" ? "max-md:col-start-2 max-md:text-right" : "max-md:col-start-1",
                )}
              >
                {cells[id]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
