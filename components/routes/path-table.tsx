"use client";
import { useTranslations } from "next-intl";
import { Status } from "../ui/status.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { useJoined } from "../ui/use-joined.ts";
import type { ShownRoute, ShownRule } from "./route-data.ts";
import { clusterName, useMatchWords } from "./route-words.ts";

/** The traffic path in lines: for narrow screens and for those who read rather than look. */
export function PathTable({ route }: { readonly route: ShownRoute }) {
  const t = useTranslations("uiRoutes.path");
  const joined = useJoined();
  return (
    <div className="grid gap-4 pt-3 text-table">
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
        <dt className="text-muted">{t("callers")}</dt>
        <dd>{route.consumers.length === 0 ? t("noCallers") : joined(route.consumers.map(({ name }) => name))}</dd>
        <dt className="text-muted">{t("networkName")}</dt>
        <dd>{route.network ?? "–"}</dd>
        <dt className="text-muted">{t("service")}</dt>
        <dd className="[overflow-wrap:anywhere]">
          {route.serviceName ?? route.name} <code className="block text-caption text-muted">{route.domainName ?? t("noDomain")}</code>
        </dd>
      </dl>
      <ol aria-label={t("rules")} className="grid">
        {route.path.map((rule) => (
          <RuleRow key={rule.n} rule={rule} />
        ))}
        <li className="flex gap-2.5 border-line-soft border-t py-2 text-muted">
          <span aria-hidden="true" className="w-4 text-right">
            –
          </span>
          <span>
            {t("anyOther")}: {t("answers404")}
          </span>
        </li>
      </ol>
    </div>
  );
}

function RuleRow({ rule }: { readonly rule: ShownRule }) {
  const t = useTranslations("uiRoutes.path");
  const words = useMatchWords(rule.match);
  return (
    <li className="flex gap-2.5 border-line-soft border-t py-2">
      <span className="w-4 flex-none text-right text-faint tabular-nums">{rule.n}</span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <StatusGlyph glyph={rule.proven ? "ok" : "unknown"} size={12} />
          <span className="sr-only">{t(rule.proven ? "proven" : "notProven")}</span>
          <code className="[overflow-wrap:anywhere]">{words.main}</code> <small className="text-caption text-muted">{words.rest}</small>
        </p>
        <ul className="mt-1 grid gap-1">
          {rule.backends.map((backend) => (
            <li
              key={backend.importName}
              className="grid grid-cols-[3.25rem_minmax(0,1fr)_auto] items-baseline gap-x-2 max-md:grid-cols-[3.25rem_minmax(0,1fr)]"
            >
              <b className="text-right tabular-nums">{t("share", { share: backend.sharePercent })}</b>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {clusterName(backend.cluster)} <span className="text-muted">{backend.kubeService ?? backend.importName}</span>
              </span>
              <span className="max-md:col-start-2">
                <Status glyph={backend.glyph} size="caption">
                  {backend.total === 0 ? t(`group.${backend.state}`) : t("healthyOf", { healthy: backend.healthy, total: backend.total })}
                </Status>
              </span>
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}
