"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { queryKeys } from "../live/query-keys.ts";
import { useLiveQuery } from "../live/use-live-query.ts";
import { AdmissionList } from "../ui/admission-list.tsx";
import { Age } from "../ui/age.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Banner } from "../ui/banner.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { ImpactList } from "../ui/impact-list.tsx";
import { Dot, PageHead } from "../ui/page-head.tsx";
import { PlanChanges, usePlanSummary } from "../ui/plan-changes.tsx";
import { readAdvice } from "../ui/plan-data.ts";
import { PreflightList } from "../ui/preflight-list.tsx";
import { REQUEST_GLYPH } from "../ui/request-glyph.ts";
import { Row, Rows } from "../ui/rows.tsx";
import { Section } from "../ui/section.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { SkeletonPage } from "../ui/skeleton.tsx";
import { StatusGlyph } from "../ui/status-glyph.tsx";
import { StatusSentence } from "../ui/status-sentence.tsx";
import { UserText } from "../ui/user-text.tsx";
import { YamlView } from "../ui/yaml-view.tsx";
import { CommentForm } from "./comment-form.tsx";
import { CommentList } from "./comment-list.tsx";
import { DecisionPanel } from "./decision-panel.tsx";
import { DeliverySteps } from "./delivery-steps.tsx";
import { kindKey } from "./kind-key.ts";
import { OwnActions } from "./own-actions.tsx";
import { RequestAside } from "./request-aside.tsx";
import type { ShownRequest } from "./request-data.ts";
import { useRequestDoors } from "./use-request-doors.ts";

/** One request: its sentence, why, what will change, who decided, how the delivery goes. */
export function RequestPage({ id, origin }: { readonly id: string; readonly origin: string }) {
  const t = useTranslations("uiRequests.page");
  const query = useLiveQuery(queryKeys.request(id));
  if (query.isPending) return <SkeletonPage />;
  if (query.data !== undefined) return <Loaded request={query.data} origin={origin} />;
  return (
    <ErrorState title={t("errorTitle")} onRetry={() => void query.refetch()}>
      {query.error.message}
    </ErrorState>
  );
}

function Loaded({ request, origin }: { readonly request: ShownRequest; readonly origin: string }) {
  const t = useTranslations("uiRequests.page");
  const doors = useRequestDoors(request);
  const waiting = request.state === "waiting";
  return (
    <>
      <PageHead title={request.title} facts={<RequestFacts request={request} />} actions={<OwnActions request={request} doors={doors} />} />
      <StatusSentence glyph={REQUEST_GLYPH[request.state]} sentence={request.sentence} {...reasonOf(request)} />
      <div
        className={`mt-6 grid gap-9 max-lg:grid-cols-1 ${waiting ? "grid-cols-[minmax(0,1fr)_336px]" : "grid-cols-[minmax(0,1fr)_20rem]"}`}
      >
        <div className="min-w-0">
          {request.failure !== null && <Failure failure={request.failure} />}
          <Purpose request={request} />
          {!waiting && <DeliverySteps steps={request.steps} plan={request.plan} />}
          {request.limited ? (
            <OwnWords request={request} />
          ) : (
            <>
              <Changes request={request} />
              <WouldFeel impact={request.notes.impact} />
              <Preflight checks={request.notes.preflight} />
              <Notes request={request} />
              <AdmissionList admitted={request.admitted} />
            </>
          )}
          <Section title={t("comments")} note={request.comments.length + request.approvals.length}>
            <CommentList comments={request.comments} approvals={request.approvals} />
            {request.can.comment.allowed && <CommentForm doors={doors} />}
          </Section>
        </div>
        <div className="min-w-0">
          {waiting && (
            <div className="mb-8 lg:sticky lg:top-16">
              <DecisionPanel request={request} doors={doors} />
            </div>
          )}
          <RequestAside request={request} origin={origin} />
        </div>
      </div>
    </>
  );
}

/** Why it came back or ended: the words of whoever decided, where the state is said. */
function reasonOf({ state, approvals }: ShownRequest): { readonly note?: ReactNode } {
  const decision = state === "sent-back" ? "send-back" : state === "rejected" ? "reject" : null;
  const last = approvals.findLast((vote) => vote.decision === decision);
  if (last === undefined || last.comment === null) return {};
  return {
    note: (
      <>
        {last.approver.name}, <Age at={last.at} />: <UserText>{last.comment}</UserText>
      </>
    ),
  };
}

function RequestFacts({ request }: { readonly request: ShownRequest }) {
  const t = useTranslations("uiRequests");
  return (
    <>
      {request.id}
      <Dot />
      {t(`kind.${kindKey(request.kind)}`, { kind: request.kind })}
      <Dot />
      {request.team ?? t("page.noTeam")}
      {request.askingTeam !== null && (
        <>
          <Dot />
          {t("page.asking", { team: request.askingTeam })}
        </>
      )}
      <Dot />
      {t("page.sent")} <Age at={request.submittedAt} />
      <Dot />
      {t("page.revision", { revision: request.revision })}
    </>
  );
}

function Purpose({ request }: { readonly request: ShownRequest }) {
  const t = useTranslations("uiRequests.page");
  return (
    <section aria-label={t("purpose")}>
      <p className="mb-2 flex items-center gap-2 text-table">
        <Avatar name={request.requester?.name ?? "T"} />
        <b>{request.requester?.name ?? t("system")}</b>
        <span className="text-muted">{request.team ?? t("noTeam")}</span>
      </p>
      <p className="max-w-[44em] border-line-strong border-l-2 pl-3.5 text-[15px]/[26px]">
        <UserText>{request.purpose}</UserText>
      </p>
    </section>
  );
}

function Changes({ request }: { readonly request: ShownRequest }) {
  const t = useTranslations("uiRequests.page");
  const [view, setView] = useState<"diff" | "yaml">("diff");
  const summary = usePlanSummary(request.plan);
  return (
    <Section
      title={t(request.endedAt === null && request.state !== "delivering" ? "whatChanges" : "whatChanged")}
      note={t("objects", { count: request.plan.length, summary })}
      aside={
        <Segmented
          label={t("viewLabel")}
          value={view}
          options={[
            { value: "diff", label: t("view.diff") },
            { value: "yaml", label: t("view.yaml") },
          ]}
          onChange={setView}
        />
      }
    >
      {request.notes.summary.length > 0 && (
        <ul className="grid gap-1 pt-3 text-table">
          {request.notes.summary.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <PlanChanges key={request.contentHash} steps={request.plan} whole={view === "yaml"} />
    </Section>
  );
}

/** What a team that asked for something of another team sees: her own words and nothing of the owner's plan. */
function OwnWords({ request }: { readonly request: ShownRequest }) {
  const t = useTranslations("uiRequests.page");
  return (
    <Section title={t("asked")} note={t("askedHint", { team: request.team ?? "" })}>
      <div className="pt-3">
        <YamlView yaml={JSON.stringify(request.input, null, 2)} label={t("asked")} />
      </div>
    </Section>
  );
}

/** As it was when the request was sent: stored beside the approval, outside the hash. */
function WouldFeel({ impact }: Pick<ShownRequest["notes"], "impact">) {
  const t = useTranslations("uiPlan.impact");
  if (impact === null) return null;
  return (
    <Section
      title={t("title")}
      note={
        <>
          {t("note")} <Age at={impact.at} />
        </>
      }
    >
      <div className="pt-3">
        <ImpactList impact={impact} />
      </div>
    </Section>
  );
}

function Preflight({ checks }: { readonly checks: ShownRequest["notes"]["preflight"] }) {
  const t = useTranslations("uiRequests.page");
  if (checks === null) return null;
  return (
    <Section title={t("looked")} note={t("lookedHint")}>
      <div className="pt-2.5">
        <PreflightList checks={checks} />
      </div>
    </Section>
  );
}

function Notes({ request }: { readonly request: ShownRequest }) {
  const t = useTranslations("uiRequests.page");
  const advice = readAdvice(request.notes.advice);
  if (advice === null && request.notes.warnings.length === 0) return null;
  return (
    <Section title={t("notes")}>
      <Rows>
        {request.notes.warnings.map((text) => (
          <Row key={text} top>
            <StatusGlyph glyph="attention" className="mt-[3px]" />
            <span>{text}</span>
          </Row>
        ))}
        {advice !== null && (
          <Row top>
            <StatusGlyph glyph={advice.recommendation === "cluster" ? "ok" : "attention"} className="mt-[3px]" />
            <span>
              <b>{t("advice")}</b> {advice.sentence} <span className="text-muted">{advice.reasons.join(" ")}</span>
            </span>
          </Row>
        )}
      </Rows>
    </Section>
  );
}

function Failure({ failure }: { readonly failure: NonNullable<ShownRequest["failure"]> }) {
  return (
    <div className="mb-6">
      <Banner
        glyph="failed"
        urgent
        title={failure.sentence}
        note={failure.raw === null ? undefined : <code className="[overflow-wrap:anywhere]">{failure.raw}</code>}
      >
        {failure.fields.map((field) => (
          <code key={field.path} className="mr-2">
            {field.path}
          </code>
        ))}
      </Banner>
    </div>
  );
}
