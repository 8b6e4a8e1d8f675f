"use client";
import clsx from "clsx";
import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { useJoined } from "../ui/use-joined.ts";
import { layoutPath, NODE, type PathLine } from "./path-layout.ts";
import { PathTable } from "./path-table.tsx";
import type { ShownBackend, ShownRoute, ShownRule } from "./route-data.ts";
import { clusterName, domainParts, useMatchWords } from "./route-words.ts";

/** Left edge and width of each column, in thousandths of the whole. */
const COLUMN = { caller: [0, 150], bus: [181, 52], service: [262, 210], rule: [502, 216], group: [760, 240] } as const;
const LINES: Readonly<Record<PathLine["column"], readonly [number, number]>> = {
  caller: [150, 181],
  service: [233, 262],
  rule: [472, 502],
  group: [718, 760],
};
const DASH: Readonly<Record<PathLine["look"], string | undefined>> = { solid: undefined, dashed: "2 4", cut: "3 4" };

/** How a call travels: callers, network, service, the rules in the order in which they are tried, targets. A hop without evidence is dashed. */
export function TrafficPath({ route }: { readonly route: ShownRoute }) {
  const t = useTranslations("uiRoutes.path");
  const [table, setTable] = useState(false);
  return (
    <Section
      title={t("title")}
      note={t("hint")}
      aside={
        <span className="max-xl:hidden">
          <Button size="small" variant="quiet" aria-pressed={table} onClick={() => setTable(!table)}>
            {t(table ? "asPicture" : "asTable")}
          </Button>
        </span>
      }
    >
      {!table && (
        <div className="max-xl:hidden">
          <Picture route={route} />
        </div>
      )}
      <div className={clsx(!table && "xl:hidden")}>
        <PathTable route={route} />
      </div>
    </Section>
  );
}

function Picture({ route }: { readonly route: ShownRoute }) {
  const t = useTranslations("uiRoutes.path");
  const joined = useJoined();
  const layout = layoutPath(route);
  const { healthy, total } = route.targets ?? { healthy: 0, total: 0 };
  return (
    <div role="group" aria-label={t("label", { name: route.name })} className="relative mt-1" style={{ height: layout.height }}>
      <svg
        viewBox={`0 0 1000 ${layout.height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className="absolute inset-0 size-full fill-none"
      >
        {layout.lines.map((line) => (
          <Line key={line.key} line={line} />
        ))}
      </svg>
      {layout.lines
        .filter(({ look }) => look === "cut")
        .map(({ key, from }) => (
          <span key={key} className="absolute -translate-x-1/2 -translate-y-1/2 bg-surface" style={{ left: "16.55%", top: from }}>
            <StatusGlyph glyph="failed" size={16} />
          </span>
        ))}
      {layout.callers.map(({ value, top }) => (
        <Node key={`${value.name} ${value.cluster ?? ""} ${value.words}`} column="caller" top={top} height={NODE.caller}>
          <b className="truncate">{value.name}</b>
          <small className="truncate text-muted">{joined([value.team, value.vpcId])}</small>
          <Status glyph={value.glyph} size="caption">
            {t(`reach.${value.reachable}`)}
          </Status>
        </Node>
      ))}
      {layout.callers.length === 0 && (
        <Node column="caller" top={layout.serviceTop + 36} height={NODE.caller} dashed>
          <small className="text-muted">{t("noCallers")}</small>
        </Node>
      )}
      {layout.moreCallers !== null && (
        <Node column="caller" top={layout.moreCallers.top} height={NODE.caller} dashed>
          <small className="text-muted">{t("moreCallers", { count: layout.moreCallers.value })}</small>
        </Node>
      )}
      <div
        className="absolute grid place-items-center overflow-hidden rounded-md border border-accent-line bg-accent-bg text-accent text-caption"
        style={{ ...across("bus"), top: layout.height - layout.busHeight, height: layout.busHeight }}
      >
        <span className="max-h-full rotate-180 truncate [writing-mode:vertical-rl]">
          <b>{route.network ?? "–"}</b> {t("network")}
        </span>
      </div>
      <ServiceNode route={route} top={layout.serviceTop} />
      <Head column="rule">
        <Lock size={14} aria-hidden="true" />
        <b>{t("rules")}</b> <small className="text-muted">{t("rulesHint")}</small>
      </Head>
      {layout.rules.map(({ value, top }) => (
        <RuleNode key={value.n} rule={value} top={top} />
      ))}
      <Node column="rule" top={layout.noMatchTop} height={NODE.rule} dashed>
        <NumberMark>–</NumberMark>
        <span className="min-w-0">
          <b className="block truncate font-mono text-[12px] text-muted">{t("anyOther")}</b>
          <small className="block text-muted">{t("answers404")}</small>
        </span>
      </Node>
      <Head column="group">
        <b>{t("groups")}</b> <small className="text-muted">{t("healthyOf", { healthy, total })}</small>
      </Head>
      {layout.groups.map(({ value, top }) => (
        <GroupNode key={value.backend.importName} backend={value.backend} rules={value.rules} top={top} />
      ))}
    </div>
  );
}

function ServiceNode({ route, top }: { readonly route: ShownRoute; readonly top: number }) {
  const t = useTranslations("uiRoutes.path");
  return (
    <div
      className="absolute grid content-center gap-px overflow-hidden rounded-md border border-accent bg-surface px-2.5 text-[13px]/[17px] shadow-[inset_0_0_0_1px_var(--tr-accent)]"
      style={{ ...across("service"), top, height: NODE.service }}
    >
      <small className="text-caption text-muted">{t("service")}</small>
      <b className="truncate text-[15px]">{route.serviceName ?? route.name}</b>
      {route.domainName === null ? (
        <small className="text-caption text-faint">{t("noDomain")}</small>
      ) : (
        <>
          <code title={route.domainName} className="min-w-0 text-[11px]/[15px] text-muted">
            {domainParts(route.domainName).map((part) => (
              <span key={part} className="block truncate">
                {part}
              </span>
            ))}
          </code>
          <span className="-ml-2">
            <CopyButton text={route.hostname ?? route.domainName} label={t("copyName")} />
          </span>
        </>
      )}
    </div>
  );
}

function RuleNode({ rule, top }: { readonly rule: ShownRule; readonly top: number }) {
  const words = useMatchWords(rule.match);
  return (
    <Node column="rule" top={top} height={NODE.rule} title={rule.words}>
      <NumberMark>{rule.n}</NumberMark>
      <span className="min-w-0">
        <b className="block truncate font-mono text-[12px]">{words.main}</b>
        <small className="block truncate text-muted">{words.rest}</small>
      </span>
      {rule.backends.length > 1 && (
        <b className="ml-auto flex-none text-caption tabular-nums">{rule.backends.map(({ sharePercent }) => sharePercent).join(" / ")}</b>
      )}
    </Node>
  );
}

type GroupProps = { readonly backend: ShownBackend; readonly rules: readonly number[]; readonly top: number };

function GroupNode({ backend, rules, top }: GroupProps) {
  const t = useTranslations("uiRoutes.path");
  const dots = backend.targets.slice(0, 12);
  return (
    <Node column="group" top={top} height={NODE.group} title={backend.sentence}>
      <span className="min-w-0 flex-1">
        <b className="block truncate">{clusterName(backend.cluster)}</b>
        <small className="block truncate text-muted">
          {backend.port === null
            ? (backend.kubeService ?? backend.importName)
            : t("port", { service: backend.kubeService ?? backend.importName, port: backend.port })}
        </small>
        <Status glyph={backend.glyph} size="caption">
          {backend.total === 0 ? t(`group.${backend.state}`) : t("healthyOf", { healthy: backend.healthy, total: backend.total })}
        </Status>
      </span>
      <span className="grid justify-items-end gap-1.5">
        <b className="text-[15px] tabular-nums">{rules.length === 1 ? t("share", { share: backend.sharePercent }) : null}</b>
        <span aria-hidden="true" className="flex gap-0.5">
          {dots.map((target) => (
            <i
              key={`${target.id}:${target.port ?? 0}`}
              className={clsx(
                "size-[7px] rounded-[1px]",
                target.glyph === "ok" ? "bg-ok" : target.glyph === "failed" ? "bg-failed" : "bg-line-strong",
              )}
            />
          ))}
        </span>
      </span>
    </Node>
  );
}

type NodeProps = {
  readonly column: keyof typeof COLUMN;
  readonly top: number;
  readonly height: number;
  readonly dashed?: boolean;
  readonly title?: string;
  readonly children: React.ReactNode;
};

function Node({ column, top, height, dashed = false, title, children }: NodeProps) {
  return (
    <div
      title={title}
      className={clsx(
        "absolute overflow-hidden rounded-md border border-line-strong bg-surface px-2.5 py-1 text-[13px]/[17px] [&_small]:text-caption",
        column === "caller" ? "grid content-center" : "flex items-center gap-2.5",
        dashed && "border-dashed",
      )}
      style={{ ...across(column), top, height }}
    >
      {children}
    </div>
  );
}

function Head({ column, children }: { readonly column: keyof typeof COLUMN; readonly children: React.ReactNode }) {
  return (
    <div
      className="absolute top-2 flex h-7 items-center gap-[7px] whitespace-nowrap text-[13px] [&>svg]:flex-none [&_small]:truncate [&_small]:text-caption"
      style={across(column)}
    >
      {children}
    </div>
  );
}

function NumberMark({ children }: { readonly children: React.ReactNode }) {
  return (
    <span className="grid size-[18px] flex-none place-items-center rounded-full border border-line-strong text-[11px]">{children}</span>
  );
}

function Line({ line: { column, from, to, width, look } }: { readonly line: PathLine }) {
  const [x1, x2] = LINES[column];
  const bend = (x1 + x2) / 2;
  return (
    <path
      d={`M${x1} ${from}C${bend} ${from} ${bend} ${to} ${x2} ${to}`}
      vectorEffect="non-scaling-stroke"
      strokeWidth={width}
      strokeDasharray={DASH[look]}
      className={look === "cut" ? "stroke-failed" : "stroke-line-strong"}
    />
  );
}

function across(column: keyof typeof COLUMN): { readonly left: string; readonly width: string } {
  const [left, width] = COLUMN[column];
  return { left: `${left / 10}%`, width: `${width / 10}%` };
}
