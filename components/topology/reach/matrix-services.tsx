"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { paths } from "../../../lib/paths.ts";
import { QuietLink as Link } from "../../ui/quiet-link.tsx";
import { StatusGlyph } from "../../ui/status-glyph.tsx";
import type { Shown } from "./matrix-counts.ts";
import type { ShownMatrix } from "./reach-data.ts";

type Props = { readonly matrix: ShownMatrix; readonly shown: Shown; readonly onlyRefused: boolean };

/** The same answers where a grid has no room: service by service, who can call it and who cannot. */
export function MatrixServices({ matrix, shown, onlyRefused }: Props) {
  const t = useTranslations("uiReach.matrix");
  return (
    <ul aria-label={t("byService")} className="border-line border-t">
      {shown.columns.map((column) => (
        <ServiceCallers key={column} matrix={matrix} rows={shown.rows} column={column} onlyRefused={onlyRefused} />
      ))}
    </ul>
  );
}

type ServiceProps = Pick<Props, "matrix" | "onlyRefused"> & { readonly rows: readonly number[]; readonly column: number };

function ServiceCallers({ matrix, rows, column, onlyRefused }: ServiceProps) {
  const t = useTranslations("uiReach.matrix");
  const [isOpen, setOpen] = useState(false);
  const service = matrix.services[column];
  if (service === undefined) return null;
  const answers = rows.flatMap((row) => {
    const outcome = matrix.outcomes[matrix.cells[row]?.[column] ?? -1];
    const caller = matrix.callers[row];
    return caller === undefined || outcome === undefined || (onlyRefused && outcome.verdict !== "no") ? [] : [{ caller, outcome }];
  });
  const can = answers.filter(({ outcome }) => outcome.verdict === "yes").length;
  return (
    <li className="border-line-soft border-b">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="cursor-pointer py-2.5 text-table">
          <b className="font-medium [overflow-wrap:anywhere]">{service.name}</b>
          <span className="block pl-4 text-caption text-muted">
            {onlyRefused ? t("refusedOf", { count: answers.length }) : t("canOf", { can, total: answers.length })}
          </span>
        </summary>
        {isOpen && (
          <ul aria-label={t("callersOf", { service: service.name })} className="pb-2.5 pl-4">
            {answers.map(({ caller, outcome }) => (
              <li key={caller.id} className="grid grid-cols-[14px_minmax(0,1fr)] gap-x-2.5 py-1.5 text-table">
                <StatusGlyph glyph={outcome.glyph} className="mt-[3px]" />
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  <Link href={paths.reach({ caller: caller.id, service: `${service.namespace}/${service.name}` })} className="link">
                    {caller.name}
                  </Link>
                  <small className="block text-caption text-muted">{outcome.words}</small>
                </span>
              </li>
            ))}
          </ul>
        )}
      </details>
    </li>
  );
}
