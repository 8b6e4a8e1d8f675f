"use client";
import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import type { Finding } from "../../lib/domain/clusters/finding.ts";
import type { Localized } from "../../lib/domain/message.ts";
import { Age } from "./age.tsx";
import { Button } from "./button.tsx";
import { StatusGlyph } from "./status-glyph.tsx";
import { toneClass, toneOf } from "./tone.ts";

type View = Localized<Finding>;
const GLYPH: Readonly<Record<View["severity"], Glyph>> = { error: "failed", warning: "attention", info: "unknown" };

type Props = {
  readonly finding: View /** Which of the actors the reader is: her own findings say "you". */;
  readonly reader?: View["actor"] | null;
};

/** What is wrong, who must act, what to do; the object's own words one press away. */
export function FindingCard({ finding, reader = null }: Props) {
  const t = useTranslations("uiKit.finding");
  const [open, setOpen] = useState(false);
  const evidenceId = useId();
  const glyph = GLYPH[finding.severity];
  const first = finding.evidence[0];
  return (
    <article className={clsx(toneClass(toneOf(glyph)), "rounded-md border border-line border-l-[3px] border-l-(--tone) bg-surface")}>
      <header className="flex items-center gap-2.5 px-4 pt-3 pb-2.5">
        <StatusGlyph glyph={glyph} />
        <h3 className="font-semibold text-body">{finding.title}</h3>
        <small className="ml-auto whitespace-nowrap font-mono text-caption text-faint">{finding.code}</small>
      </header>
      <dl className="grid grid-cols-[1.25fr_.8fr_1.3fr] border-line border-t text-table max-md:grid-cols-1 [&>div+div]:border-line md:[&>div+div]:border-l max-md:[&>div+div]:border-t">
        <Part term={t("what")} text={finding.what} />
        <Part term={t("who")} text={<b>{t(`actor.${finding.actor === reader ? "you" : finding.actor}`)}</b>} />
        <Part term={t("todo")} text={finding.todo} />
      </dl>
      {first !== undefined && (
        <footer className="rounded-br-md border-line border-t bg-canvas px-4 py-[9px] text-caption text-muted">
          <div className="flex items-center gap-2">
            <code className="min-w-0 flex-1 truncate" title={first.raw}>
              {first.raw}
            </code>
            <Button size="small" variant="quiet" aria-expanded={open} aria-controls={evidenceId} onClick={() => setOpen(!open)}>
              {t("evidence")}
            </Button>
          </div>
          <Evidence id={evidenceId} hidden={!open} evidence={finding.evidence} />
        </footer>
      )}
    </article>
  );
}

function Part({ term, text }: { readonly term: string; readonly text: React.ReactNode }) {
  return (
    <div className="px-4 pt-[11px] pb-[13px]">
      <dt className="mb-[3px] text-caption text-faint">{term}</dt>
      <dd className="[overflow-wrap:anywhere]">{text}</dd>
    </div>
  );
}

function Evidence({ id, hidden, evidence }: { readonly id: string; readonly hidden: boolean; readonly evidence: View["evidence"] }) {
  return (
    <ul id={id} hidden={hidden} className="mt-2 grid gap-2">
      {evidence.map(({ object, field, raw, at }) => (
        <li key={`${object.kind}/${object.name}/${field}`} className="border-line border-t pt-2">
          <span className="font-mono text-text">
            {object.kind}/{object.name} {field}
          </span>
          {at !== null && (
            <>
              {" "}
              <Age at={at} />
            </>
          )}
          <p className="whitespace-pre-wrap font-mono [overflow-wrap:anywhere]">{raw}</p>
        </li>
      ))}
    </ul>
  );
}
