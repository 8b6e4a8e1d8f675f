"use client";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { paths } from "../../lib/paths.ts";
import { useShortcuts } from "../ui/shortcuts.tsx";

/** `C` opens the form of a new cluster. */
export function NewClusterKey() {
  const t = useTranslations("uiClusters.list");
  const router = useRouter();
  useShortcuts(useMemo(() => [{ keys: "c", label: t("new"), run: () => router.push(paths.newCluster()) }], [t, router]));
  return null;
}
