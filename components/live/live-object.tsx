"use client";
import type { ReactNode } from "react";
import { ErrorState } from "../ui/error-state.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { SkeletonPage } from "../ui/skeleton.tsx";
import { StatusSentence } from "../ui/status-sentence.tsx";
import { ViewError } from "./fetch-view.ts";
import type { LiveQuery } from "./live-query.ts";
import { useLiveQuery } from "./use-live-query.ts";

type Props<View> = {
  readonly query: LiveQuery<View>;
  readonly words: { readonly errorTitle: string; readonly gone: string; readonly back: string };
  /** The list that the object has left. */
  readonly listHref: string;
  /** What still names an object that is gone. */
  readonly head: (last: View) => ReactNode;
  readonly children: (view: View) => ReactNode;
};

/** The page of one live object with its faces: on its way, not readable, gone while somebody watched, and there. */
export function LiveObject<View>({ query, words, listHref, head, children }: Props<View>) {
  const { data, error, isPending, refetch } = useLiveQuery(query);
  if (isPending) return <SkeletonPage />;
  if (data === undefined) {
    return (
      <ErrorState title={words.errorTitle} onRetry={() => void refetch()}>
        {error?.message}
      </ErrorState>
    );
  }
  // What was here and is not found any more has gone; before, the page itself answers "not found".
  if (!(error instanceof ViewError && error.status === 404)) return children(data);
  return (
    <>
      {head(data)}
      <StatusSentence glyph="closed" sentence={words.gone} />
      <p className="mt-4">
        <Link href={listHref} className="link">
          {words.back}
        </Link>
      </p>
    </>
  );
}
