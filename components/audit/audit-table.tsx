"use client";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { AuditRowView } from "../../lib/domain/audit/audit-view.ts";
import type { Localized } from "../../lib/domain/message.ts";
import { paths } from "../../lib/paths.ts";
import { ClockTime } from "../ui/clock-time.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { shortHash } from "../ui/short-hash.tsx";
import { Status } from "../ui/status.tsx";

/** The chain, newest first. A row opens to everything that was sealed. */
export function AuditTable({ rows }: { readonly rows: readonly Localized<AuditRowView>[] }) {
  const t = useTranslations("uiAudit.table");
  const [open, setOpen] = useState<number | null>(null);
  return (
    <table aria-label={t("label")} className="mt-4 w-full border-collapse text-table max-md:block">
      <thead className="max-md:sr-only">
        <tr className="text-left text-caption text-muted *:border-line *:border-b *:py-[7px] *:pr-3 *:font-normal">
          <th scope="col" className="w-20 text-right">
            {t("seq")}
          </th>
          <th scope="col" className="w-40">
            {t("at")}
          </th>
          <th scope="col" className="w-[18%]">
            {t("actor")}
          </th>
          <th scope="col">{t("action")}</th>
          <th scope="col" className="w-[26%]">
            {t("target")}
          </th>
          <th scope="col" className="w-28">
            {t("outcome")}
          </th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map((row) => (
          <Rows key={row.seq} row={row} open={row.seq === open} onToggle={() => setOpen(row.seq === open ? null : row.seq)} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { readonly row: Localized<AuditRowView>; readonly open: boolean; readonly onToggle: () => void };

function Rows({ row, open, onToggle }: RowProps) {
  const t = useTranslations("uiAudit.table");
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      <tr className="border-line-soft border-b align-top *:py-[7px] *:pr-3 hover:bg-hover max-md:grid max-md:grid-cols-[auto_minmax(0,1fr)] max-md:py-2 max-md:*:block max-md:*:py-0.5!">
        <td className="text-right tabular-nums">
          <button
            type="button"
            aria-expanded={open}
            aria-label={t("open", { seq: row.seq })}
            onClick={onToggle}
            className="inline-flex items-center gap-1 hover:underline"
          >
            <Chevron size={14} aria-hidden="true" className="text-muted" />
            {row.seq}
          </button>
        </td>
        <td className="text-muted">
          <ClockTime at={row.at} seconds />
        </td>
        <td className="[overflow-wrap:anywhere] max-md:col-span-2">
          <Link href={paths.audit({ actor: row.actor.id })} title={t("only", { what: row.actor.name })} className="hover:underline">
            {row.actor.name}
          </Link>
          <small className="block text-caption text-muted">{row.actor.via}</small>
        </td>
        <td className="[overflow-wrap:anywhere] max-md:col-span-2">
          <ActionWord action={row.action} />
          <small className="block font-mono text-caption text-muted">{row.action}</small>
        </td>
        <td className="font-mono text-[12px]/5 [overflow-wrap:anywhere] max-md:col-span-2">
          <Target target={row.target} />
        </td>
        <td className="max-md:col-span-2">
          <Status glyph={row.outcome === "ok" ? "ok" : "closed"}>{t(row.outcome)}</Status>
        </td>
      </tr>
      {open && (
        <tr className="border-line-soft border-b max-md:block">
          <td colSpan={6} className="bg-canvas px-3 py-2.5 max-md:block">
            <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-caption">
              <dt className="text-muted">{t("team")}</dt>
              <dd>{row.team ?? "–"}</dd>
              <dt className="text-muted">{t("mac")}</dt>
              <dd className="font-mono" title={row.mac}>
                {shortHash(row.mac)} ({row.keyId})
              </dd>
              <dt className="text-muted">{t("detail")}</dt>
              <dd className="min-w-0 whitespace-pre-wrap font-mono [overflow-wrap:anywhere]">{JSON.stringify(row.detail, null, 2)}</dd>
            </dl>
          </td>
        </tr>
      )}
    </>
  );
}

/** An action in words; one that this page does not know stands as it is. */
function ActionWord({ action }: { readonly action: string }) {
  const t = useTranslations("uiAudit.action");
  const key = action.replaceAll(".", "_");
  return t.has(key) ? t(key) : action;
}

/** Links what has a page; everything else is text. */
function Target({ target }: { readonly target: string }) {
  const [kind, first, second] = target.split("/");
  if (kind === "request" && first !== undefined && /^R-\d+$/.test(first)) {
    return (
      <Link href={paths.request(first)} className="link">
        {target}
      </Link>
    );
  }
  if (kind === "cluster" && first !== undefined && second !== undefined) {
    return (
      <Link href={paths.cluster(first, second)} className="link">
        {target}
      </Link>
    );
  }
  return target;
}
