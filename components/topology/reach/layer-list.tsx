"use client";
import clsx from "clsx";
import { useTranslations } from "next-intl";
import { Age } from "../../ui/age.tsx";
import { QuietLink as Link } from "../../ui/quiet-link.tsx";
import { Section } from "../../ui/section.tsx";
import { StatusGlyph } from "../../ui/status-glyph.tsx";
import { toneClass, toneOf } from "../../ui/tone.ts";
import { actorOf, fixesOf, type ReachReader } from "./layer-fixes.ts";
import type { ShownLayer, ShownReach } from "./reach-data.ts";

type Props = { readonly answer: ShownReach; readonly reader: ReachReader };

/** Every layer in the order a call passes them: what was seen, when, and who can change it. The first that fails stands out. */
export function LayerList({ answer, reader }: Props) {
  const t = useTranslations("uiReach.layers");
  const { layers } = answer;
  const stop = layers.findIndex(({ id }) => id === answer.firstFailure);
  const countOf = (state: ShownLayer["state"]) => layers.filter((layer) => layer.state === state).length;
  const parts = (["passed", "failed", "unknown", "not-checkable", "not-needed"] as const).filter((state) => countOf(state) > 0);
  return (
    <Section title={t("title")} note={parts.map((state) => t(`count.${state}`, { count: countOf(state) })).join(t("comma"))}>
      <ol aria-label={t("title")} className="pt-1 text-table">
        {layers.map((layer, at) => (
          <LayerRow
            key={layer.id}
            layer={layer}
            isFirstFailure={at === stop}
            isBehind={stop !== -1 && at > stop}
            isLast={at === layers.length - 1}
            answer={answer}
            reader={reader}
          />
        ))}
      </ol>
      {stop !== -1 && stop < layers.length - 1 && <p className="mt-2 text-caption text-muted">{t("behind")}</p>}
    </Section>
  );
}

type RowProps = Props & {
  readonly layer: ShownLayer;
  readonly isFirstFailure: boolean;
  /** The call does not come this far. */
  readonly isBehind: boolean;
  readonly isLast: boolean;
};

function LayerRow({ layer, isFirstFailure, isBehind, isLast, answer, reader }: RowProps) {
  const t = useTranslations("uiReach.layers");
  return (
    <li
      aria-current={isFirstFailure ? "step" : undefined}
      className={clsx(
        toneClass(toneOf(layer.glyph)),
        "relative grid grid-cols-[14px_minmax(0,11rem)_minmax(0,1fr)_auto] items-start gap-x-3 gap-y-0.5 py-2 max-md:grid-cols-[14px_minmax(0,1fr)_auto]",
        isFirstFailure
          ? "-mx-3 my-1.5 rounded-md border border-(--tone-line) bg-(--tone-bg) px-3 py-3"
          : "border-line-soft border-b last:border-b-0",
      )}
    >
      {!isLast && !isFirstFailure && (
        <span
          aria-hidden="true"
          className={clsx("absolute top-[30px] bottom-[-6px] left-[6.5px] border-l border-line-strong", isBehind && "border-dashed")}
        />
      )}
      <StatusGlyph glyph={layer.glyph} className="mt-[3px]" />
      <div className="min-w-0">
        <b className={clsx("block font-medium", isBehind && "text-muted")}>{layer.label}</b>
        <small className={clsx("block text-caption", layer.state === "failed" ? "font-medium text-(--tone)" : "text-muted")}>
          {t(`state.${layer.state}`)}
        </small>
      </div>
      <div className="min-w-0 max-md:order-4 max-md:col-span-2 max-md:col-start-2">
        <p className={clsx("text-pretty [overflow-wrap:anywhere]", isFirstFailure ? "font-medium" : isBehind && "text-muted")}>
          {layer.sentence}
        </p>
        {layer.evidence !== null && <Evidence raw={layer.evidence} />}
        <Actor layer={layer} answer={answer} reader={reader} isFirstFailure={isFirstFailure} />
      </div>
      <span className="text-right text-caption text-muted">{layer.at !== null && <Age at={layer.at} form="span" />}</span>
    </li>
  );
}

const LONG = 240;

/** What was seen, raw. A policy is long: it opens. */
function Evidence({ raw }: { readonly raw: string }) {
  const t = useTranslations("uiReach.layers");
  const code = (
    <code lang="en" className="block whitespace-pre-wrap text-caption text-muted [overflow-wrap:anywhere]">
      {raw}
    </code>
  );
  if (raw.length <= LONG && !raw.includes("\n")) return code;
  return (
    <details className="mt-0.5">
      <summary className="cursor-pointer text-caption text-muted">{t("evidence")}</summary>
      <div className="mt-1 max-h-72 overflow-y-auto rounded-md border border-line bg-canvas px-3 py-2">{code}</div>
    </details>
  );
}

function Actor({ layer, answer, reader, isFirstFailure }: Omit<RowProps, "isBehind" | "isLast">) {
  const t = useTranslations("uiReach.layers");
  if (layer.actor === null) return null;
  const { who, team } = actorOf(layer.actor, answer, reader);
  const fixes = fixesOf(layer, answer, reader);
  return (
    <p className={clsx("mt-1 flex flex-wrap gap-x-3 gap-y-1", !isFirstFailure && "text-caption text-muted")}>
      <span>
        {isFirstFailure ? t("mustAct") : t("canChange")} <b className="font-medium text-text">{t(`actor.${who}`, { team: team ?? "" })}</b>
      </span>
      {fixes.map(({ word, href }) => (
        <Link key={word} href={href} className="link">
          {t(`fix.${word}`)}
        </Link>
      ))}
    </p>
  );
}
