"use client";
import { ArrowLeftRight, Boxes } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "../ui/empty-state.tsx";
import { Section } from "../ui/section.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { Tag } from "../ui/tag.tsx";
import type { ShownMapping } from "./route-data.ts";

/** How the two worlds match: what Kubernetes calls something, what Lattice calls it, and who owns it. */
export function RouteMapping({ rows }: { readonly rows: readonly ShownMapping[] }) {
  const t = useTranslations("uiRoutes.mapping");
  if (rows.length === 0) return <EmptyState icon={Boxes} title={t("empty")} />;
  return (
    <Section title={t("title")} note={t("hint")}>
      <div
        aria-hidden="true"
        className="grid grid-cols-[minmax(0,1fr)_20px_minmax(0,1fr)_7rem] gap-3 border-line border-b py-[7px] text-caption text-muted max-md:hidden"
      >
        <span>{t("kubernetes")}</span>
        <span />
        <span>{t("lattice")}</span>
        <span className="text-right">{t("owner")}</span>
      </div>
      <ul aria-label={t("title")} className="text-table">
        {rows.map((row, at) => (
          <li
            key={`${row.kubernetes?.kind ?? ""} ${row.kubernetes?.name ?? ""} ${row.lattice?.kind ?? ""} ${row.lattice?.name ?? ""} ${at}`}
            className="border-line-soft border-b py-2 last:border-b-0"
          >
            <div className="grid grid-cols-[minmax(0,1fr)_20px_minmax(0,1fr)_7rem] items-start gap-x-3 max-md:grid-cols-[20px_minmax(0,1fr)] max-md:gap-y-1">
              <Side
                world={t("kubernetes")}
                kind={row.kubernetes?.kind ?? null}
                name={row.kubernetes?.name ?? null}
                note={row.kubernetes?.where ?? null}
                none={t("noKubernetes")}
              />
              <ArrowLeftRight size={14} aria-hidden="true" className="mt-1 text-faint max-md:row-start-2" />
              <Side
                world={t("lattice")}
                kind={row.lattice?.kind ?? null}
                name={row.lattice?.name ?? null}
                note={row.lattice?.id ?? null}
                none={t("noLattice")}
              />
              <span className="flex items-center justify-end gap-2 max-md:col-start-2 max-md:justify-start">
                <Tag>{t(`owners.${row.owner}`)}</Tag>
                <StatusGlyph glyph={row.glyph} />
              </span>
            </div>
            {row.note !== null && <p className="mt-1 max-w-[60em] text-caption text-muted">{row.note}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

type SideProps = {
  readonly world: string;
  readonly kind: string | null;
  readonly name: string | null;
  readonly note: string | null;
  readonly none: string;
};

function Side({ world, kind, name, note, none }: SideProps) {
  return (
    <div className="min-w-0 [overflow-wrap:anywhere] max-md:col-start-2">
      <span className="sr-only">{world}: </span>
      {kind === null ? (
        <span className="text-faint">{none}</span>
      ) : (
        <>
          <span className="text-muted">{kind}</span> <code>{name}</code>
          {note !== null && <small className="block font-mono text-caption text-faint">{note}</small>}
        </>
      )}
    </div>
  );
}
