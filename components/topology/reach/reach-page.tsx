"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { paths } from "../../../lib/paths.ts";
import { ViewError } from "../../live/fetch-view.ts";
import { queryKeys } from "../../live/query-keys.ts";
import { useLiveQuery } from "../../live/use-live-query.ts";
import { Button } from "../../ui/button.tsx";
import { isAskable } from "./check-question.ts";
import type { ReachReader } from "./layer-fixes.ts";
import { ReachAnswerPart } from "./reach-answer.tsx";
import type { ReachChoices } from "./reach-data.ts";
import { ReachForm } from "./reach-form.tsx";
import { isAsked, type ReachDraft, reachSearch } from "./reach-question.ts";
import { refusedFields } from "./refused-fields.ts";

type Props = { readonly asked: ReachDraft; readonly choices: ReachChoices; readonly reader: ReachReader };

/** The question left, the answer right; on a phone the question folds away once there is an answer. */
export function ReachPage({ asked, choices, reader }: Props) {
  const t = useTranslations("uiReach");
  const router = useRouter();
  const [busy, start] = useTransition();
  const [isOpen, setOpen] = useState(false);
  const isReady = isAskable(asked);
  const search = reachSearch(asked);
  const query = useLiveQuery(queryKeys.reach(search), { enabled: isReady });
  const error = query.error instanceof ViewError ? query.error : null;
  const ask = (draft: ReachDraft) => {
    setOpen(false);
    start(() => router.push(paths.reach(reachSearch(draft)), { scroll: false }));
    // The same question again: its answer is read again.
    if (isReady && JSON.stringify(reachSearch(draft)) === JSON.stringify(search)) void query.refetch();
  };
  return (
    <div className="grid grid-cols-[20rem_minmax(0,1fr)] gap-x-10 gap-y-6 max-lg:grid-cols-1">
      <div className="min-w-0">
        {isReady && (
          <div className="mb-4 lg:hidden">
            <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {t("form.change")}
            </Button>
          </div>
        )}
        <div className={isReady && !isOpen ? "max-lg:hidden" : ""}>
          <ReachForm
            key={JSON.stringify(search)}
            asked={asked}
            choices={choices}
            busy={busy}
            refused={refusedFields(error, asked)}
            checked={isAsked(asked)}
            onAsk={ask}
          />
        </div>
      </div>
      <ReachAnswerPart answer={isReady ? query.data : undefined} isAsked={isReady} error={error} reader={reader} />
    </div>
  );
}
