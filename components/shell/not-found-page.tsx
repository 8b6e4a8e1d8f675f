import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { ButtonLink } from "../ui/button-link.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

/** Absent and not yours read the same. */
export function NotFoundPage() {
  const t = useTranslations("uiShell.notFound");
  return (
    <>
      <h1 className="sr-only">{t("title")}</h1>
      <EmptyState icon={SearchX} title={t("title")} actions={<ButtonLink href={paths.home()}>{t("home")}</ButtonLink>}>
        {t("text")}
      </EmptyState>
    </>
  );
}
