"use client";
import { useTranslations } from "next-intl";
import type { Glyph } from "../../../lib/domain/clusters/cluster-view.ts";
import { paths } from "../../../lib/paths.ts";
import type { ViewError } from "../../live/fetch-view.ts";
import { QuietLink as Link } from "../../ui/quiet-link.tsx";
import { StatusAges } from "../../ui/status-ages.tsx";
import { StatusSentence } from "../../ui/status-sentence.tsx";
import { useJoined } from "../../ui/use-joined.ts";
import type { ReachReader } from "./layer-fixes.ts";
import { LayerList } from "./layer-list.tsx";
import type { ShownReach } from "./reach-data.ts";

type Props = {
  readonly answer: ShownReach | undefined;
  readonly isAsked: boolean;
  readonly error: ViewError | null;
  readonly reader: ReachReader;
};

/** The verdict in one sentence, then the layers behind it. The sentence always stands there: a reader hears it change. */
export function ReachAnswerPart({ answer, isAsked, error, reader }: Props) {
  const t = useTranslations("uiReach.answer");
  const lead = leadOf(answer, isAsked, error);
  // Something that was there and is not found any more has gone, or is not the reader's any more: its answer goes too.
  const shown = error?.status === 404 ? undefined : answer;
  return (
    <div className="min-w-0">
      <StatusSentence
        glyph={lead.glyph}
        sentence={lead.word === "answer" ? (shown?.sentence ?? "") : t(lead.word, { detail: error?.message ?? "" })}
        note={shown !== undefined && lead.word === "answer" ? <StatusAges since={null} evidenceAt={shown.at} /> : undefined}
      />
      {shown !== undefined && (
        <>
          <Call answer={shown} />
          <LayerList answer={shown} reader={reader} />
        </>
      )}
    </div>
  );
}

type Lead = { readonly glyph: Glyph; readonly word: "answer" | "idle" | "asking" | "notFound" | "refused" | "notRead" };

function leadOf(answer: ShownReach | undefined, isAsked: boolean, error: ViewError | null): Lead {
  if (!isAsked) return { glyph: "todo", word: "idle" };
  if (error?.status === 404) return { glyph: "closed", word: "notFound" };
  if (answer !== undefined) return { glyph: answer.glyph, word: "answer" };
  if (error === null) return { glyph: "progressing", word: "asking" };
  return error.status === 422 ? { glyph: "closed", word: "refused" } : { glyph: "failed", word: "notRead" };
}

/** Which call this is the answer for, with links to its two ends. */
function Call({ answer: { caller, service, call } }: { readonly answer: ShownReach }) {
  const t = useTranslations("uiReach.answer");
  const [, namespace = "", name = ""] = caller.id.split("/");
  const isCluster = caller.kind === "cluster" || caller.kind === "service-account";
  return (
    <dl className="my-5 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-[5px] text-table">
      <dt className="text-muted">{t("caller")}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">
        {isCluster ? (
          <Link href={paths.cluster(namespace, name)} className="link">
            {caller.name}
          </Link>
        ) : (
          caller.name
        )}
        <Rest parts={[caller.team, caller.vpcId, caller.roleArn === caller.name ? null : caller.roleArn]} />
      </dd>
      <dt className="text-muted">{t("service")}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">
        <Link href={paths.directoryEntry(service.namespace, service.name)} className="link">
          {service.name}
        </Link>
        <Rest parts={[service.team, ...service.networks, service.domainName]} />
      </dd>
      <dt className="text-muted">{t("call")}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">
        <code>
          {call.method} {call.path}
        </code>
        {call.headers.map((header) => (
          <code key={`${header.name}: ${header.value}`} className="block">
            {header.name}: {header.value}
          </code>
        ))}
      </dd>
    </dl>
  );
}

function Rest({ parts }: { readonly parts: readonly (string | null)[] }) {
  const text = useJoined()(parts);
  return text === "" ? null : <span className="text-muted"> {text}</span>;
}
