import { useTranslations } from "next-intl";
import { useCallback } from "react";

type Join = (parts: readonly (string | null | undefined)[]) => string;

/** Joins what stands in a row as the reader's language does: "a, b" or "a、b". Absent and empty parts are left out. */
export function useJoined(): Join {
  const t = useTranslations("uiKit");
  return useCallback<Join>((parts) => parts.filter((part) => part !== null && part !== undefined && part !== "").join(t("separator")), [t]);
}
