"use client";
import { useTranslations } from "next-intl";
import { Age } from "./age.tsx";
import { ClockTime } from "./clock-time.tsx";

/** Since when a state holds, and how old the evidence for it is. */
export function StatusAges({ since, evidenceAt }: { readonly since: string | null; readonly evidenceAt: string | null }) {
  const t = useTranslations("uiObject");
  return (
    <>
      {since !== null && <>{t.rich("since", { clock: () => <ClockTime at={since} />, age: () => <Age at={since} form="span" /> })} </>}
      {evidenceAt === null ? t("noEvidence") : t.rich("evidence", { age: () => <Age at={evidenceAt} /> })}
    </>
  );
}
