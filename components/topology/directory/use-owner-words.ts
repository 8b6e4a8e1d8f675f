"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { ShownService } from "./directory-data.ts";

/** Who owns a service: a team, an AWS account, or nobody Trellis knows. */
export function useOwnerWords(): (service: Pick<ShownService, "team" | "namespace" | "source">) => string {
  const t = useTranslations("uiDirectory.owner");
  return useCallback(
    ({ team, namespace, source }) => {
      if (team !== null) return team;
      return source === "lattice" ? t("account", { account: namespace.slice("aws.".length) }) : t("nobody");
    },
    [t],
  );
}
