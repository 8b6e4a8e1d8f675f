"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { TextArea } from "../ui/input.tsx";

type Props = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly onConfirm: (reason: string) => void;
};

const MINIMUM = 3;

/** A decision that needs words: they go to the requester and the audit. */
export function ReasonDialog({ open, onClose, title, text, label, confirm, danger = false, busy, onConfirm }: Props) {
  const t = useTranslations("uiRequests.decide");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const short = reason.trim().length < MINIMUM;
  const submit = () => {
    setTried(true);
    if (!short) onConfirm(reason.trim());
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={title}
      description={text}
      actions={
        <>
          <Button shortcut="Esc" onClick={onClose}>
            {t("keep")}
          </Button>
          <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={submit}>
            {confirm}
          </Button>
        </>
      }
    >
      <Field label={label} errors={tried && short ? [t("reasonNeeded", { minimum: MINIMUM })] : undefined}>
        {(control) => (
          <TextArea {...control} rows={3} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </Dialog>
  );
}
