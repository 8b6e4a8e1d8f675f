"use client";
import { useTranslations } from "next-intl";
import { Age } from "../ui/age.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { UserText } from "../ui/user-text.tsx";
import type { ShownRequest } from "./request-data.ts";

type Entry = {
  readonly key: string;
  readonly name: string;
  readonly at: string;
  readonly text: string | null;
  readonly says: "approve" | "send-back" | "reject" | null;
  readonly revision: number;
};

/** Comments and decisions in the order in which they came. */
export function CommentList({ comments, approvals }: Pick<ShownRequest, "comments" | "approvals">) {
  const t = useTranslations("uiRequests.page");
  const entries: readonly Entry[] = [
    ...comments.map((comment) => ({
      key: comment.id,
      name: comment.author.name,
      at: comment.at,
      text: comment.text,
      says: null,
      revision: 0,
    })),
    ...approvals.map((vote) => ({
      key: `${vote.approver.id} ${vote.revision}`,
      name: vote.approver.name,
      at: vote.at,
      text: vote.comment,
      says: vote.decision,
      revision: vote.revision,
    })),
  ].toSorted((one, other) => one.at.localeCompare(other.at));
  if (entries.length === 0) return <p className="py-3 text-muted text-table">{t("noComments")}</p>;
  return (
    <ol aria-label={t("comments")}>
      {entries.map((entry) => (
        <li key={entry.key} className="grid grid-cols-[20px_minmax(0,1fr)] gap-2.5 py-2.5 text-table">
          <Avatar name={entry.name} />
          <div className="min-w-0">
            {entry.says === null ? (
              <b>{entry.name}</b>
            ) : (
              <b>{t(`decision.${entry.says}`, { name: entry.name, revision: entry.revision })}</b>
            )}{" "}
            <span className="text-faint">
              <Age at={entry.at} />
            </span>
            {entry.text !== null && entry.text !== "" && (
              <p>
                <UserText>{entry.text}</UserText>
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
