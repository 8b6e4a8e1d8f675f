"use client";
import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useMemo, useRef } from "react";
import { type DiffHunk, type DiffLine, toDiffHunks } from "./diff-lines.ts";
import { useShortcuts } from "./shortcuts.tsx";

type Props = { readonly title: string; readonly before: string | null; readonly after: string | null };

/** What will be different in one object. Added and removed carry + and − besides the tint; N and P jump between changes. */
export function YamlDiff({ title, before, after }: Props) {
  const t = useTranslations("uiKit.diff");
  const region = useRef<HTMLDivElement>(null);
  const hunks = useMemo(() => toDiffHunks(before, after), [before, after]);
  const shortcuts = useMemo(() => {
    const jump = (by: 1 | -1) => {
      const changes = [...(region.current?.querySelectorAll<HTMLElement>("[data-change]") ?? [])];
      const at = changes.findIndex((change) => change === document.activeElement);
      const next = changes[at === -1 ? (by === 1 ? 0 : changes.length - 1) : (at + by + changes.length) % changes.length];
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
    };
    return [
      { keys: "n", label: t("next"), run: () => jump(1) },
      { keys: "p", label: t("previous"), run: () => jump(-1) },
    ];
  }, [t]);
  useShortcuts(shortcuts);
  return (
    <div
      ref={region}
      role="region"
      aria-label={title}
      tabIndex={0}
      className="overflow-x-auto pb-2 font-mono text-[12px]/[19px] -outline-offset-2"
    >
      <Heading>{title}</Heading>
      {hunks.length === 0 && <p className="px-3 py-2 font-sans text-muted text-table">{t("same")}</p>}
      {hunks.map((hunk, at) => (
        <Hunk key={hunk.from} hunk={hunk} first={at === 0} />
      ))}
    </div>
  );
}

function Heading({ children }: { readonly children: string }) {
  return <div className="border-line-soft border-y bg-canvas px-3 py-[3px] font-sans text-muted first:border-t-0">{children}</div>;
}

function Hunk({ hunk, first }: { readonly hunk: DiffHunk; readonly first: boolean }) {
  const t = useTranslations("uiKit.diff");
  const startsChange = (at: number) => hunk.lines[at]?.mark !== " " && (hunk.lines[at - 1]?.mark ?? " ") === " ";
  return (
    <>
      {!first && <Heading>{t("lines", { from: hunk.from, to: hunk.to })}</Heading>}
      {hunk.lines.map((line, at) => (
        <Line key={`${line.mark}${line.number}`} line={line} change={startsChange(at)} />
      ))}
    </>
  );
}

function Line({ line: { mark, number, text }, change }: { readonly line: DiffLine; readonly change: boolean }) {
  const colour = mark === "+" ? "text-add" : mark === "-" ? "text-del" : undefined;
  return (
    <div
      data-change={change ? "" : undefined}
      tabIndex={change ? -1 : undefined}
      className={clsx(
        "grid w-max min-w-full grid-cols-[36px_18px_max-content] whitespace-pre -outline-offset-2",
        mark === "+" && "bg-add-bg",
        mark === "-" && "bg-del-bg",
      )}
    >
      <span aria-hidden="true" className="select-none pr-2 text-right text-faint">
        {number}
      </span>
      <span className={colour}>{mark === "-" ? "−" : mark}</span>
      <span className={colour}>{text}</span>
    </div>
  );
}
