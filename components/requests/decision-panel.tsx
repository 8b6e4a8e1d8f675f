"use client";
import { Fingerprint, Stamp, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { TextArea } from "../ui/input.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Panel, PanelPart } from "../ui/panel.tsx";
import { PlanNumbers } from "../ui/plan-numbers.tsx";
import { shortHash } from "../ui/short-hash.tsx";
import { useShortcuts } from "../ui/shortcuts.tsx";
import { DecisionChecks } from "./decision-checks.tsx";
import { type Asking, DecisionDialogs } from "./decision-dialogs.tsx";
import { FullHash } from "./full-hash.tsx";
import type { ShownRequest } from "./request-data.ts";
import type { RequestDoors } from "./use-request-doors.ts";

type Props = { readonly request: ShownRequest; readonly doors: RequestDoors };

/** Hash, checks, quota, actions, in this order. A new revision empties it and says so; Approve repeats the hash that was read. */
export function DecisionPanel({ request, doors }: Props) {
  const t = useTranslations("uiRequests.decide");
  const [readRevision, setReadRevision] = useState(request.revision);
  if (readRevision === request.revision) return <OpenPanel request={request} doors={doors} />;
  return (
    <Panel label={t("title")} title={t("title")}>
      <PanelPart>
        <p role="alert" className="mb-2.5 text-table">
          {t("newRevision")}
        </p>
        <Button onClick={() => setReadRevision(request.revision)}>{t("readAgain", { revision: request.revision })}</Button>
      </PanelPart>
    </Panel>
  );
}

function OpenPanel({ request, doors }: Props) {
  const t = useTranslations("uiRequests.decide");
  const { can } = request;
  const title = t(can.approve.allowed ? "title" : "titleOther");
  const aside = can.approve.allowed ? (
    <>
      <Kbd>A</Kbd> <Kbd>S</Kbd> <Kbd>X</Kbd>
    </>
  ) : undefined;
  return (
    <Panel label={title} title={title} {...(aside === undefined ? {} : { aside })}>
      <PanelPart>
        <div className="grid grid-cols-[16px_minmax(0,1fr)] gap-[9px] text-[12px]/[18px] text-muted">
          <Fingerprint size={16} aria-hidden="true" />
          <span>
            {t(can.approve.allowed ? "signs" : "signsOther")}
            <br />
            <FullHash hash={request.contentHash} />
            <br />
            {t("any")}
          </span>
        </div>
      </PanelPart>
      <PanelPart>
        <DecisionChecks request={request} />
      </PanelPart>
      <PlanNumbers notes={request.notes} team={request.team} />
      <PanelPart>{can.approve.allowed ? <Decide request={request} doors={doors} /> : <MayNot request={request} />}</PanelPart>
    </Panel>
  );
}

function MayNot({ request }: { readonly request: ShownRequest }) {
  const t = useTranslations("uiRequests.decide");
  return (
    <div className="grid gap-2">
      <Button icon={<Stamp size={16} aria-hidden="true" />} refusal={request.can.approve.why}>
        {t("approve", { hash: shortHash(request.contentHash) })}
      </Button>
      <p className="text-[12px]/[18px] text-muted">{request.can.approve.why}</p>
    </div>
  );
}

function Decide({ request, doors }: Props) {
  const t = useTranslations("uiRequests.decide");
  const [comment, setComment] = useState("");
  const [asking, setAsking] = useState<Asking>(null);
  const shortcuts = useMemo(
    () => [
      { keys: "a", label: t("keyApprove"), run: () => doors.approve(comment.trim()) },
      { keys: "s", label: t("sendBack"), run: () => setAsking("send-back") },
      { keys: "x", label: t("reject"), run: () => setAsking("reject") },
    ],
    [t, doors, comment],
  );
  useShortcuts(shortcuts);
  return (
    <div className="grid gap-2">
      <Field label={t("comment")} note={t("commentHint")}>
        {(control) => (
          <TextArea {...control} rows={2} maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} />
        )}
      </Field>
      <Button
        variant="primary"
        icon={<Stamp size={16} aria-hidden="true" />}
        busy={doors.isBusy("approve")}
        onClick={() => doors.approve(comment.trim())}
      >
        {t("approve", { hash: shortHash(request.contentHash) })}
      </Button>
      <div className="grid grid-cols-2 gap-2">
        <Button icon={<Undo2 size={16} aria-hidden="true" />} refusal={request.can.sendBack.why} onClick={() => setAsking("send-back")}>
          {t("sendBack")}
        </Button>
        <Button variant="danger" refusal={request.can.reject.why} onClick={() => setAsking("reject")}>
          {t("reject")}
        </Button>
      </div>
      <small className="text-caption text-muted">{t("hint", { requester: request.requester?.name ?? t("somebody") })}</small>
      <DecisionDialogs request={request} doors={doors} asking={asking} onClose={() => setAsking(null)} />
    </div>
  );
}
