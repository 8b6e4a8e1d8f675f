"use client";
import { useTranslations } from "next-intl";
import type { ReactNode, RefObject } from "react";
import { apiPaths } from "../../lib/paths.ts";
import { Age } from "./age.tsx";
import { Banner } from "./banner.tsx";
import { Button } from "./button.tsx";
import { CommandTwin } from "./command-twin.tsx";
import { submitCommands } from "./shell-command.ts";
import type { Kept } from "./use-draft.ts";
import type { RequestBody, Sending } from "./use-sending.ts";

type Props = {
  readonly formRef: RefObject<HTMLFormElement | null>;
  readonly kept: Pick<Kept<object>, "discard" | "savedAt" | "refused" | "restoredFrom">;
  readonly sending: Sending;
  readonly body: RequestBody;
  readonly origin: string;
  /** Number of the revision that sending makes; null for a first one. */
  readonly nextRevision: number | null;
  readonly plan: ReactNode;
  readonly children: ReactNode;
};

/** The fields of a request at the left; its live plan, sending, and the same request as a command at the right. */
export function RequestForm({ formRef, kept, sending, body, origin, nextRevision, plan, children }: Props) {
  const t = useTranslations("uiForm.send");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_404px] gap-10 max-lg:grid-cols-1">
      <form ref={formRef} noValidate onSubmit={(event) => (event.preventDefault(), sending.submit())} className="min-w-0">
        {kept.restoredFrom !== null && (
          <div className="mb-4">
            <Banner
              glyph="todo"
              title={t("draftFound")}
              action={
                <Button size="small" variant="quiet" onClick={kept.discard}>
                  {t("discard")}
                </Button>
              }
            >
              <Age at={kept.restoredFrom} />
            </Banner>
          </div>
        )}
        {children}
      </form>
      <div className="min-w-0">
        <div className="lg:sticky lg:top-16">
          {plan}
          {sending.error !== null && (
            <div className="mt-3">
              <Banner glyph="failed" urgent title={t("notSent")} note={sending.error.raw}>
                {sending.error.message}
              </Banner>
            </div>
          )}
          <div className="mt-3 flex gap-2 [&>button]:flex-1">
            <Button variant="primary" shortcut="⌘↵" busy={sending.busy} onClick={sending.submit}>
              {nextRevision === null ? t("submit") : t("resubmit", { revision: nextRevision })}
            </Button>
          </div>
          <p className="mt-2 text-[12px]/[18px] text-faint">
            {t("later")} {kept.refused ? t("notSaved") : kept.savedAt !== null && <Saved at={kept.savedAt} />}
          </p>
          {nextRevision === null && (
            <details className="mt-4 text-table">
              <summary className="link w-fit cursor-pointer text-caption">{t("command")}</summary>
              <div className="mt-2">
                <CommandTwin label={t("commandTitle")} lines={submitCommands(`${origin}${apiPaths.requests()}`, body)} />
              </div>
            </details>
          )}
        </div>
      </div>
    </div>
  );
}

function Saved({ at }: { readonly at: string }) {
  const t = useTranslations("uiForm.send");
  return (
    <span>
      {t("saved")} <Age at={at} />
    </span>
  );
}
