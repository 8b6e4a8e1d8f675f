import { Route } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "../../../../../components/ui/empty-state.tsx";
import { PageHead } from "../../../../../components/ui/page-head.tsx";
import { QuietLink as Link } from "../../../../../components/ui/quiet-link.tsx";
import { paths } from "../../../../../lib/paths.ts";

export default async function RouteNotFound() {
  const t = await getTranslations("uiRoutes.page");
  return (
    <>
      <PageHead title={t("notFoundTitle")} />
      <EmptyState
        icon={Route}
        title={t("notFoundText")}
        actions={
          <Link href={paths.routes()} className="link">
            {t("notFoundAction")}
          </Link>
        }
      />
    </>
  );
}
