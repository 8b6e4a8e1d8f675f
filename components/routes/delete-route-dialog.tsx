"use client";
import { useTranslations } from "next-intl";
import { DeleteDialog } from "../ui/delete-dialog.tsx";
import type { ShownRoute } from "./route-data.ts";

type Props = { readonly route: ShownRoute; readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

const ORDER = ["route", "policies", "imports", "exports"] as const;

/** Asks to delete a route: who would feel it, what is lost, in which order things go, and the typed name. */
export function DeleteRouteDialog({ route, open, onOpenChange }: Props) {
  const t = useTranslations("uiRoutes.delete");
  const lost = useTranslations("uiForm.delete");
  const { namespace, name } = route;
  return (
    <DeleteDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title", { name })}
      name={name}
      typeFirst={t("typeFirst", { name })}
      request={{ kind: "route.delete", team: route.team, input: () => ({ namespace, name }) }}
    >
      <div className="text-table">
        <b>{lost("lost")}</b>
        <p className="mt-1 text-muted [overflow-wrap:anywhere]">
          {route.domainName === null ? t("lostNothing") : t("lostName", { domain: route.domainName })}
        </p>
        <b className="mt-3 block">{t("order")}</b>
        <ol className="mt-1 list-decimal pl-5 text-muted">
          {ORDER.map((part) => (
            <li key={part}>{t(`orderOf.${part}`)}</li>
          ))}
        </ol>
      </div>
    </DeleteDialog>
  );
}
