import { BookOpen } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "../../../../../components/ui/empty-state.tsx";
import { PageHead } from "../../../../../components/ui/page-head.tsx";
import { QuietLink as Link } from "../../../../../components/ui/quiet-link.tsx";
import { paths } from "../../../../../lib/paths.ts";

export default async function DirectoryEntryNotFound() {
  const t = await getTranslations("uiDirectory.entry");
  return (
    <>
      <PageHead title={t("notFoundTitle")} />
      <EmptyState
        icon={BookOpen}
        title={t("notFoundText")}
        actions={
          <Link href={paths.directory()} className="link">
            {t("notFoundAction")}
          </Link>
        }
      />
    </>
  );
}
