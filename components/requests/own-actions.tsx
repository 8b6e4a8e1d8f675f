"use client";
import { Pencil, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { paths } from "../../lib/paths.ts";
import { Button } from "../ui/button.tsx";
import { ButtonLink } from "../ui/button-link.tsx";
import { Dialog } from "../ui/dialog.tsx";
import type { ShownRequest } from "./request-data.ts";
import type { RequestDoors } from "./use-request-doors.ts";

type Props = { readonly request: ShownRequest; readonly doors: RequestDoors };

/** What the team that asked can do: edit, send again, withdraw, retry. What is not hers, or not possible now, is not shown; whoever may decide is not asked to edit, which would take the decision from her. */
export function OwnActions({ request, doors }: Props) {
  const t = useTranslations("uiRequests.decide");
  const [asking, setAsking] = useState(false);
  const { can } = request;
  const editable = isEditable(request);
  return (
    <>
      {can.retry.allowed && (
        <Button
          variant="primary"
          icon={<RotateCw size={16} aria-hidden="true" />}
          busy={doors.isBusy("retry")}
          title={t("retryHint")}
          onClick={doors.retry}
        >
          {t("retry")}
        </Button>
      )}
      {can.resubmit.allowed && editable && !can.approve.allowed && (
        <ButtonLink
          href={paths.editRequest(request.id)}
          variant={request.state === "sent-back" ? "primary" : "default"}
          icon={<Pencil size={16} aria-hidden="true" />}
        >
          {t("edit")}
        </ButtonLink>
      )}
      {can.resubmit.allowed && !editable && request.state === "sent-back" && (
        <Button busy={doors.isBusy("resubmit")} onClick={doors.resubmitAsIs}>
          {t("again")}
        </Button>
      )}
      {can.withdraw.allowed && (
        <Button variant="quiet" onClick={() => setAsking(true)}>
          {t("withdraw")}
        </Button>
      )}
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t("withdrawTitle", { id: request.id })}
        description={t("withdrawText")}
        actions={
          <>
            <Button shortcut="Esc" onClick={() => setAsking(false)}>
              {t("keep")}
            </Button>
            <Button variant="danger" busy={doors.isBusy("withdraw")} onClick={() => doors.withdraw(() => setAsking(false))}>
              {t("withdraw")}
            </Button>
          </>
        }
      />
    </>
  );
}

/** Which kinds have a form: a whole cluster, a whole route, or a whole change of one. Asking to call is sent again as it is. */
function isEditable({ kind, input }: ShownRequest): boolean {
  if (kind === "cluster.create" || kind === "route.create") return true;
  return kind === "route.change" && typeof input === "object" && input !== null && "spec" in input;
}
