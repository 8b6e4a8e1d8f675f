"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useMemo, useState, useTransition } from "react";
import { resubmitRequestAction, submitRequestAction } from "../../lib/actions/requests.ts";
import type { ShownError } from "../../lib/domain/action-result.ts";
import { paths } from "../../lib/paths.ts";
import { clearDraft } from "./draft-storage.ts";
import { shortHash } from "./short-hash.tsx";
import { useShortcuts } from "./shortcuts.tsx";
import { useToaster } from "./toast.tsx";

export const MINIMUM_PURPOSE = 10;

export type RequestBody = { readonly kind: string; readonly team: string; readonly purpose: string; readonly input: unknown };

export type Sending = {
  readonly tried: boolean;
  readonly busy: boolean;
  readonly error: ShownError | null;
  readonly submit: () => void;
  readonly forget: () => void;
};

type Options = {
  readonly body: RequestBody;
  /** Is there anything worth sending? What is missing then stands under its field. */
  readonly ready: boolean;
  /** The request whose next revision this is. */
  readonly revisionOf: string | null;
  readonly storageKey: string | null;
  readonly form: RefObject<HTMLFormElement | null>;
};

const FIRST_REFUSED = '[aria-invalid="true"], [data-invalid="true"] button, [data-invalid="true"] input';

/** Sends the form; a refusal keeps everything typed and moves the focus to the first field it names. */
export function useSending({ body, ready, revisionOf, storageKey, form }: Options): Sending {
  const t = useTranslations("uiForm.send");
  const router = useRouter();
  const toaster = useToaster();
  const [tried, setTried] = useState(0);
  const [error, setError] = useState<ShownError | null>(null);
  const [busy, start] = useTransition();

  // Synchronises the focus with what the last try refused.
  useEffect(() => {
    if (tried === 0) return;
    const first = form.current?.querySelector<HTMLElement>(FIRST_REFUSED);
    first?.focus();
    first?.scrollIntoView({ block: "center" });
  }, [tried, error, form]);

  const submit = () => {
    setTried((count) => count + 1);
    setError(null);
    const purpose = body.purpose.trim();
    if (!ready || purpose.length < MINIMUM_PURPOSE) return;
    start(async () => {
      const result = await (revisionOf === null
        ? submitRequestAction({ ...body, purpose })
        : resubmitRequestAction({ id: revisionOf, input: body.input, purpose }));
      if (!result.ok) return setError(result.error);
      if (storageKey !== null) clearDraft(storageKey);
      toaster.done(t("sent", { id: result.data.id, hash: shortHash(result.data.contentHash) }));
      router.push(paths.request(result.data.id));
    });
  };
  const shortcuts = useMemo(() => [{ keys: "mod+enter", label: t("submit"), run: () => form.current?.requestSubmit() }], [t, form]);
  useShortcuts(shortcuts);
  return { tried: tried > 0, busy, error, submit, forget: () => setError(null) };
}
