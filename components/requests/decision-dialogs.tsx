"use client";
import { useTranslations } from "next-intl";
import { ReasonDialog } from "./reason-dialog.tsx";
import type { ShownRequest } from "./request-data.ts";
import type { RequestDoors } from "./use-request-doors.ts";

export type Asking = "send-back" | "reject" | null;

type Props = { readonly request: ShownRequest; readonly doors: RequestDoors; readonly asking: Asking; readonly onClose: () => void };

/** Sending back and rejecting both need words. */
export function DecisionDialogs({ request, doors, asking, onClose }: Props) {
  const t = useTranslations("uiRequests.decide");
  const requester = request.requester?.name ?? t("somebody");
  return (
    <>
      <ReasonDialog
        key={`send-back ${asking === "send-back"}`}
        open={asking === "send-back"}
        onClose={onClose}
        title={t("sendBackTitle", { id: request.id })}
        text={t("sendBackText", { requester })}
        label={t("sendBackLabel")}
        confirm={t("sendBack")}
        busy={doors.isBusy("sendBack")}
        onConfirm={(reason) => doors.sendBack(reason, onClose)}
      />
      <ReasonDialog
        key={`reject ${asking === "reject"}`}
        open={asking === "reject"}
        onClose={onClose}
        title={t("rejectTitle", { id: request.id })}
        text={t("rejectText")}
        label={t("rejectLabel")}
        confirm={t("reject")}
        danger
        busy={doors.isBusy("reject")}
        onConfirm={(reason) => doors.reject(reason, onClose)}
      />
    </>
  );
}
