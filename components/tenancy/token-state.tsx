"use client";
import { useTranslations } from "next-intl";
import { useTicking } from "../ui/clock.tsx";
import { Status } from "../ui/status.tsx";

/** Good, revoked, or past its end. */
export function TokenState({
  token: { revokedAt, expiresAt },
}: {
  readonly token: { readonly revokedAt: string | null; readonly expiresAt: string };
}) {
  const t = useTranslations("uiSettings.tokens");
  const expired = useTicking((nowMs) => (nowMs >= Date.parse(expiresAt) ? 1 : 0)) === 1;
  if (revokedAt !== null) return <Status glyph="closed">{t("revoked")}</Status>;
  return <Status glyph={expired ? "closed" : "ok"}>{expired ? t("expired") : t("valid")}</Status>;
}
