"use client";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { Row, Rows } from "../ui/rows.tsx";
import { Section } from "../ui/section.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { splitSentence, stateWord } from "../ui/split-sentence.ts";
import { Status } from "../ui/status.tsx";

/** What clusters and routes share in a list: whose it is, and how it goes. */
type Thing = {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly team: string | null;
  readonly glyph: Glyph;
  readonly sentence: string;
};

type Props<Row extends Thing> = {
  readonly title: string;
  readonly note?: string | undefined;
  readonly all: { readonly href: string; readonly label: string };
  readonly items: readonly Row[] | undefined;
  readonly isError: boolean;
  readonly unreadable: string;
  readonly onRetry: () => void;
  readonly empty: { readonly icon: LucideIcon; readonly title: string; readonly text: string; readonly actions: ReactNode };
  readonly hrefOf: (row: Row) => string;
  /** The number at the end of a row; null while there is none. */
  readonly countOf: (row: Row) => ReactNode;
};

/** One list of Home with its four faces. */
export function HomeThings<Row extends Thing>(props: Props<Row>) {
  const { title, note, all, items, isError, empty } = props;
  return (
    <Section
      title={title}
      note={note}
      aside={
        <Link href={all.href} className="link">
          {all.label}
        </Link>
      }
    >
      {items === undefined && !isError && <SkeletonRows rows={4} columns={3} />}
      {items === undefined && isError && <ErrorState title={props.unreadable} onRetry={props.onRetry} />}
      {items?.length === 0 && (
        <EmptyState icon={empty.icon} title={empty.title} actions={empty.actions}>
          {empty.text}
        </EmptyState>
      )}
      {items !== undefined && items.length > 0 && (
        <Rows label={title}>
          {items.map((item) => {
            const { rest } = splitSentence(item.sentence);
            return (
              <Row key={item.key} top dense>
                <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,11rem)_minmax(0,1fr)] gap-x-4 max-md:grid-cols-1">
                  <div className="min-w-0">
                    <Link href={props.hrefOf(item)} className="block truncate font-medium hover:underline">
                      {item.name}
                    </Link>
                    <small className="block truncate text-caption text-muted">{item.team ?? item.namespace}</small>
                  </div>
                  <div className="min-w-0">
                    <Status glyph={item.glyph}>{stateWord(item.sentence)}</Status>
                    <small title={rest} className="block text-caption text-muted md:truncate">
                      {rest}
                    </small>
                  </div>
                </div>
                <span className="whitespace-nowrap text-muted tabular-nums">{props.countOf(item)}</span>
              </Row>
            );
          })}
        </Rows>
      )}
    </Section>
  );
}
