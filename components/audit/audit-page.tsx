import { Download, ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import type { AuditRowView } from "../../lib/domain/audit/audit-view.ts";
import type { Localized } from "../../lib/domain/message.ts";
import { apiPaths, paths } from "../../lib/paths.ts";
import { ButtonLink } from "../ui/button-link.tsx";
import { buttonStyle } from "../ui/button-style.ts";
import { CommandTwin } from "../ui/command-twin.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Section } from "../ui/section.tsx";
import { type AuditFilter, olderHref } from "./audit-filter.ts";
import { AuditFilterForm } from "./audit-filter-form.tsx";
import { AuditTable } from "./audit-table.tsx";
import { VerifyAudit } from "./verify-audit.tsx";

type Props = {
  readonly rows: readonly Localized<AuditRowView>[];
  readonly nextCursor: string | null;
  readonly filter: AuditFilter;
  readonly origin: string;
};

/** Who did what, who was refused, and whether the record is whole. */
export function AuditPage({ rows, nextCursor, filter, origin }: Props) {
  const t = useTranslations("uiAudit");
  const filtered = Object.entries(filter).some(([name, text]) => name !== "cursor" && text !== "");
  return (
    <>
      <PageHead
        title={t("title")}
        facts={t("facts")}
        actions={
          <a href={apiPaths.auditExport()} download="trellis-audit.ndjson" className={buttonStyle("default", "normal", false)}>
            <Download size={16} aria-hidden="true" />
            {t("export")}
          </a>
        }
      />
      <VerifyAudit />
      <div className="mt-6">
        <AuditFilterForm filter={filter} />
      </div>
      {rows.length === 0 && (
        <EmptyState
          icon={ScrollText}
          title={filtered ? t("noMatch") : t("empty")}
          actions={filtered && <ButtonLink href={paths.audit()}>{t("clear")}</ButtonLink>}
        >
          {filtered ? t("noMatchText") : t("emptyText")}
        </EmptyState>
      )}
      {rows.length > 0 && <AuditTable rows={rows} />}
      <div className="flex items-center gap-2 py-3">
        {filter.cursor !== "" && (
          <ButtonLink
            href={paths.audit({ action: filter.action, actor: filter.actor, target: filter.target, outcome: filter.outcome })}
            size="small"
          >
            {t("newest")}
          </ButtonLink>
        )}
        {nextCursor !== null && (
          <ButtonLink href={olderHref(filter, nextCursor)} size="small">
            {t("older")}
          </ButtonLink>
        )}
      </div>
      <Section title={t("command.title")} note={t("command.note")}>
        <div className="mt-3 max-w-[720px]">
          <CommandTwin
            label={t("command.title")}
            lines={[
              { comment: t("command.list"), command: `curl -fsS -H "Authorization: Bearer $TRELLIS_TOKEN" "${origin}${apiPaths.audit()}"` },
              {
                comment: t("command.verify"),
                command: `curl -fsS -H "Authorization: Bearer $TRELLIS_TOKEN" "${origin}${apiPaths.auditVerify()}"`,
              },
            ]}
          />
        </div>
      </Section>
    </>
  );
}
