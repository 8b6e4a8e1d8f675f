"use client";
import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { AuditVerification } from "../../lib/domain/audit/audit-view.ts";
import { apiPaths } from "../../lib/paths.ts";
import { fetchView, ViewError } from "../live/fetch-view.ts";
import { Age } from "../ui/age.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { shortHash } from "../ui/short-hash.tsx";

/** Computes every link of the chain again, on the server, when asked. */
export function VerifyAudit() {
  const t = useTranslations("uiAudit.verify");
  const { data, error, isFetching, refetch, dataUpdatedAt } = useQuery({
    queryKey: ["audit", "verify"],
    queryFn: ({ signal }) => fetchView<AuditVerification>(apiPaths.auditVerify(), signal),
    enabled: false,
    retry: false,
  });
  const action = (
    <Button size="small" busy={isFetching} icon={<ShieldCheck size={14} aria-hidden="true" />} onClick={() => void refetch()}>
      {data === undefined ? t("verify") : t("again")}
    </Button>
  );
  if (error !== null) {
    return (
      <Banner glyph="unknown" title={t("unreadable")} action={action} urgent>
        {error instanceof ViewError ? error.message : null}
      </Banner>
    );
  }
  if (data === undefined) {
    return (
      <Banner glyph="unknown" tone="unknown" title={t("unverified")} action={action}>
        {t("unverifiedText")}
      </Banner>
    );
  }
  const { count, head, valid, problem } = data;
  const checked = <Age at={new Date(dataUpdatedAt).toISOString()} />;
  if (!valid) {
    return (
      <Banner glyph="failed" title={t("broken", { seq: problem?.seq ?? 0 })} note={checked} action={action} urgent>
        {t("brokenText", { kind: problem?.kind ?? "" })}
      </Banner>
    );
  }
  return (
    <Banner glyph="ok" title={t("whole", { count })} note={checked} action={action}>
      {head !== null && (
        <>
          {t("head", { seq: head.seq })} <code title={head.mac}>{shortHash(head.mac)}</code>{" "}
          <CopyButton text={JSON.stringify(head)} label={t("copyHead")} />
        </>
      )}
    </Banner>
  );
}
