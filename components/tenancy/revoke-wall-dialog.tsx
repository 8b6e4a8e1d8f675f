"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { revokeWallLinkAction } from "../../lib/actions/tenancy.ts";
import { Field } from "../ui/field.tsx";
import { Hint } from "../ui/hint.tsx";
import { TextArea } from "../ui/input.tsx";
import { useToaster } from "../ui/toast.tsx";
import type { ShownWall } from "./wall-data.ts";
import { WallDialog } from "./wall-dialog.tsx";

const MINIMUM = 3;

/** Ends a link for good; the reason goes to the list and the audit. */
export function RevokeWallDialog({ link, onClose }: { readonly link: ShownWall; readonly onClose: () => void }) {
  const t = useTranslations("uiWalls");
  const router = useRouter();
  const toaster = useToaster();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, start] = useTransition();
  const short = reason.trim().length < MINIMUM;
  const submit = () => {
    setTried(true);
    if (short) return;
    start(async () => {
      const result = await revokeWallLinkAction({ id: link.id, reason });
      if (!result.ok) return setRefusal(result.error.message);
      toaster.done(t("revoked", { name: link.name }));
      router.refresh();
      onClose();
    });
  };
  return (
    <WallDialog
      title={t("revokeOf", { name: link.name })}
      text={t("revokeText")}
      submit={{ word: t("revoke"), variant: "danger", busy, run: submit }}
      onClose={onClose}
    >
      <Field label={t("reason")} errors={tried && short ? [t("reasonNeeded", { minimum: MINIMUM })] : undefined}>
        {(control) => <TextArea {...control} rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      {refusal !== null && (
        <div role="alert">
          <Hint tone="error">{refusal}</Hint>
        </div>
      )}
    </WallDialog>
  );
}
