"use client";
import { useTranslations } from "next-intl";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import { Age } from "../ui/age.tsx";
import { Section } from "../ui/section.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import type { ShownRoute } from "./route-data.ts";

type Proof = ShownRoute["status"]["proofs"][number];

const GLYPH: Readonly<Record<Proof["state"], Glyph>> = {
  proven: "ok",
  waiting: "progressing",
  failed: "failed",
  unknown: "unknown",
  none: "todo",
};

/** Each hop that must be proven, what was seen of it and when. */
export function RouteProofs({ proofs }: { readonly proofs: readonly Proof[] }) {
  const t = useTranslations("uiRoutes.proof");
  const asked = proofs.filter(({ state }) => state !== "none");
  return (
    <Section title={t("title")} note={t("count", { proven: asked.filter(({ state }) => state === "proven").length, total: asked.length })}>
      <ul aria-label={t("title")} className="text-table">
        {proofs.map((proof) => (
          <li
            key={proof.id}
            className="grid grid-cols-[14px_minmax(0,10rem)_minmax(0,1fr)_auto] items-start gap-x-2.5 border-line-soft border-b py-2 last:border-b-0 max-md:grid-cols-[14px_minmax(0,1fr)_auto]"
          >
            <StatusGlyph glyph={GLYPH[proof.state]} className="mt-[3px]" />
            <span className="font-medium">
              {proof.label} <span className="sr-only">{t(`state.${proof.state}`)}</span>
            </span>
            <span className="min-w-0 text-muted [overflow-wrap:anywhere] max-md:order-4 max-md:col-span-2 max-md:col-start-2">
              {proof.evidence}
              {proof.raw !== null && (
                <code lang="en" className="block text-caption text-faint">
                  {proof.raw}
                </code>
              )}
            </span>
            <span className="text-right text-caption text-faint">{proof.at !== null && <Age at={proof.at} form="span" />}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
