"use client";
import { useTranslations } from "next-intl";
import { Age } from "./age.tsx";
import { ClockTime } from "./clock-time.tsx";

/** Since when a state holds, and how old the evidence for it is. */
export function StatusAges({ since, evidenceAt }: { readonly since: string | null; readonly evidenceAt: string | null }) {
  const t = useTranslations("uiObject");
  return (
    <>
      {since !== null && (
        <>
          {t("since")} <ClockTime at={since} />, <Age at={since} form="span" />.{" "}
        </>
      )}
      {evidenceAt === null ? (
        t("noEvidence")
      ) : (
        <>
          {t("evidence")} <Age at={evidenceAt} />.
        </>
      )}
    </>
  );
}
