import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { paths } from "../../lib/paths.ts";
import { ButtonLink } from "../ui/button-link.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

/** The reader knows that the page exists but has no right to it: which role has. */
export function ForbiddenPage({ needs }: { readonly needs: "platform-admin" | "member" }) {
  const t = useTranslations("uiShell.forbidden");
  return (
    <>
      <h1 className="sr-only">{t("title")}</h1>
      <EmptyState icon={Lock} title={t("title")} actions={<ButtonLink href={paths.home()}>{t("home")}</ButtonLink>}>
        {t(needs)}
      </EmptyState>
    </>
  );
}
