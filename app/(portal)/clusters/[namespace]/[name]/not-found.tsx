import { Box } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "../../../../../components/ui/empty-state.tsx";
import { paths } from "../../../../../lib/paths.ts";

export default async function ClusterNotFound() {
  const t = await getTranslations("uiClusters.page");
  return (
    <EmptyState
      icon={Box}
      title={t("notFoundTitle")}
      actions={
        <Link href={paths.clusters()} className="link">
          {t("notFoundAction")}
        </Link>
      }
    >
      {t("notFoundText")}
    </EmptyState>
  );
}
