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
import { TextInput } from "./input.tsx";
import { PurposeField } from "./purpose-field.tsx";
import { RefusalAlert } from "./refusal-alert.tsx";
import { shortHash } from "./short-hash.tsx";
import { useToaster } from "./toast.tsx";
import { MINIMUM_PURPOSE } from "./use-sending.ts";

type Props = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly wide?: boolean;
  /** What must be typed before it can be sent, and why. */
  readonly typed?: { readonly name: string; readonly why: string } | null;
  /** What cannot be sent yet, and why. */
  readonly refusal?: string | null;
  readonly request: { readonly kind: string; readonly team: string | null; readonly input: (typedName: string) => unknown };
  /** Paths that have a field of their own among the children. */
  readonly placed?: RegExp;
  readonly children: (errors: FieldErrors) => ReactNode;
};

const PLACED = /^(?:purpose|typedName)$/;
const NONE = toFieldErrors([], PLACED);

/** One thing asked for in a dialog: what it means, why, and where nothing brings it back the typed name. Somebody else approves. */
export function RequestDialog(props: Props) {
  const { open, onOpenChange, request, typed = null, placed = PLACED } = props;
  const t = useTranslations("uiForm.dialog");
  const sent = useTranslations("uiForm.send");
  const router = useRouter();
  const toaster = useToaster();
  const [purpose, setPurpose] = useState("");
  const [typedName, setTypedName] = useState("");
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<{ readonly message: string; readonly errors: FieldErrors } | null>(null);
  const [busy, start] = useTransition();
  const refusal = props.refusal ?? (typed === null || typed.name === typedName ? null : typed.why);
  const submit = () => {
    setTried(true);
    if (purpose.trim().length < MINIMUM_PURPOSE) return;
    start(async () => {
      const { kind, team } = request;
      const result = await submitRequestAction({ kind, team, purpose: purpose.trim(), input: request.input(typedName) });
      if (!result.ok) return setRefused({ message: result.error.message, errors: toFieldErrors(result.error.fields ?? [], placed) });
      toaster.done(sent("sent", { id: result.data.id, hash: shortHash(result.data.contentHash) }));
      onOpenChange(false);
      router.push(paths.request(result.data.id));
    });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={props.title}
      description={props.description}
      wide={props.wide ?? false}
      actions={
        <>
          <Button shortcut="Esc" onClick={() => onOpenChange(false)}>
            {t("keep")}
          </Button>
          <Button variant={props.danger === true ? "danger" : "primary"} busy={busy} refusal={refusal} onClick={submit}>
            {props.confirm}
          </Button>
        </>
      }
    >
      {props.children(refused?.errors ?? NONE)}
      <PurposeField value={purpose} onChange={setPurpose} tried={tried} errors={refused?.errors.of("purpose")} />
      {typed !== null && (
        <Field label={t("type", { name: typed.name })} help={typed.why} errors={refused?.errors.of("typedName")}>
          {(control) => <TextInput {...control} mono value={typedName} onChange={(event) => setTypedName(event.target.value)} />}
        </Field>
      )}
      {refused !== null && <RefusalAlert {...refused} />}
    </Dialog>
  );
}
