"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState, useTransition } from "react";
import { submitRequestAction } from "../../lib/actions/requests.ts";
import { paths } from "../../lib/paths.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { type FieldErrors, toFieldErrors } from "./field-errors.ts";
import { Hint } from "./hint.tsx";
import { TextInput } from "./input.tsx";
import { PurposeField } from "./purpose-field.tsx";
import { shortHash } from "./short-hash.tsx";
import { useToaster } from "./toast.tsx";

type Props = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly name: string;
  /** Why the name must be typed first. */
  readonly typeFirst: string;
  readonly request: { readonly kind: string; readonly team: string | null; readonly input: (typedName: string) => unknown };
  /** What is lost, and what stays. */
  readonly children: ReactNode;
};

const PLACED = /^(?:purpose|typedName)$/;

/** Asks to delete something: what is lost for good, why, and the typed name. Somebody else approves before anything goes. */
export function DeleteDialog({ open, onOpenChange, title, name, typeFirst, request, children }: Props) {
  const t = useTranslations("uiForm.delete");
  const sent = useTranslations("uiForm.send");
  const router = useRouter();
  const toaster = useToaster();
  const [purpose, setPurpose] = useState("");
  const [typedName, setTypedName] = useState("");
  const [refused, setRefused] = useState<{ readonly message: string; readonly errors: FieldErrors } | null>(null);
  const [busy, start] = useTransition();
  const submit = () =>
    start(async () => {
      const { kind, team } = request;
      const result = await submitRequestAction({ kind, team, purpose, input: request.input(typedName) });
      if (!result.ok) return setRefused({ message: result.error.message, errors: toFieldErrors(result.error.fields ?? [], PLACED) });
      toaster.done(sent("sent", { id: result.data.id, hash: shortHash(result.data.contentHash) }));
      onOpenChange(false);
      router.push(paths.request(result.data.id));
    });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={t("text")}
      actions={
        <>
          <Button shortcut="Esc" onClick={() => onOpenChange(false)}>
            {t("keep")}
          </Button>
          <Button variant="danger" busy={busy} refusal={typedName === name ? null : typeFirst} onClick={submit}>
            {t("submit")}
          </Button>
        </>
      }
    >
      {children}
      <PurposeField value={purpose} onChange={setPurpose} tried={refused !== null} errors={refused?.errors.of("purpose")} />
      <Field label={t("type", { name })} errors={refused?.errors.of("typedName")}>
        {(control) => <TextInput {...control} mono value={typedName} onChange={(event) => setTypedName(event.target.value)} />}
      </Field>
      {refused !== null && (
        <div role="alert" className="grid gap-1">
          <Hint tone="error">{refused.message}</Hint>
          {refused.errors.unplaced.map((text) => (
            <Hint key={text} tone="error">
              {text}
            </Hint>
          ))}
        </div>
      )}
    </Dialog>
  );
}
