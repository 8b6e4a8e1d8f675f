"use client";
import { Network } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { paths } from "../../../lib/paths.ts";
import { ViewError } from "../../live/fetch-view.ts";
import { queryKeys } from "../../live/query-keys.ts";
import { useLiveQuery } from "../../live/use-live-query.ts";
import { ViewChip } from "../../ui/chip.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { SelectInput } from "../../ui/input.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { Status } from "../../ui/status.tsx";
import { StatusAges } from "../../ui/status-ages.tsx";
import { StatusSentence } from "../../ui/status-sentence.tsx";
import { countMatrix, type MatrixCounts, shownOf } from "./matrix-counts.ts";
import { MatrixGrid } from "./matrix-grid.tsx";
import { MatrixServices } from "./matrix-services.tsx";
import type { ShownMatrix, ShownOutcome } from "./reach-data.ts";

type Props = { readonly network: string; readonly networks: readonly string[]; readonly onlyRefused: boolean };

/** Every caller of a network against all its services: a sentence, the legend with counts, then the grid (on a phone: service by service). */
export function MatrixPage({ network, networks, onlyRefused }: Props) {
  const t = useTranslations("uiReach.matrix");
  const query = useLiveQuery(queryKeys.reachMatrix(network));
  if (query.error instanceof ViewError && query.error.status === 404) return <StatusSentence glyph="closed" sentence={t("notFound")} />;
  return (
    <>
      <Tools network={network} networks={networks} onlyRefused={onlyRefused} matrix={query.data} />
      {query.data !== undefined ? (
        <Loaded matrix={query.data} onlyRefused={onlyRefused} />
      ) : query.isPending ? (
        <SkeletonRows rows={8} columns={6} />
      ) : (
        <ErrorState title={t("errorTitle")} onRetry={() => void query.refetch()}>
          {query.error.message}
        </ErrorState>
      )}
    </>
  );
}

function Tools({ network, networks, onlyRefused, matrix }: Props & { readonly matrix: ShownMatrix | undefined }) {
  const t = useTranslations("uiReach.matrix");
  const router = useRouter();
  const go = (search: { readonly network: string; readonly onlyRefused: boolean }) =>
    router.push(paths.reach({ network: search.network, ...(search.onlyRefused ? { only: "refused" } : {}) }), { scroll: false });
  const counts = matrix === undefined ? null : countMatrix(matrix.outcomes, matrix.cells);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      <label className="flex items-center gap-2 text-muted text-table">
        {t("network")}
        <span className="w-56">
          <SelectInput value={network} onChange={(event) => go({ network: event.target.value, onlyRefused })}>
            {networks.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </SelectInput>
        </span>
      </label>
      <div role="group" aria-label={t("filter")} className="flex flex-wrap gap-1.5">
        <ViewChip pressed={!onlyRefused} count={counts?.total} onPress={() => go({ network, onlyRefused: false })}>
          {t("all")}
        </ViewChip>
        <ViewChip pressed={onlyRefused} count={counts?.no} onPress={() => go({ network, onlyRefused: true })}>
          {t("onlyRefused")}
        </ViewChip>
      </div>
    </div>
  );
}

function Loaded({ matrix, onlyRefused }: { readonly matrix: ShownMatrix; readonly onlyRefused: boolean }) {
  const t = useTranslations("uiReach.matrix");
  const counts = countMatrix(matrix.outcomes, matrix.cells);
  const shown = useMemo(() => shownOf(matrix, onlyRefused), [matrix, onlyRefused]);
  return (
    <>
      <Summary matrix={matrix} counts={counts} />
      {counts.total === 0 ? (
        <EmptyState icon={Network} title={t(matrix.services.length === 0 ? "noServices" : "noCallers")}>
          {t("emptyText")}
        </EmptyState>
      ) : shown.rows.length === 0 ? (
        <EmptyState icon={Network} title={t("noneRefused")}>
          {t("noneRefusedText")}
        </EmptyState>
      ) : (
        <>
          <Legend counts={counts} />
          <div className="max-md:hidden">
            <MatrixGrid key={`${matrix.network} ${String(onlyRefused)}`} matrix={matrix} shown={shown} />
          </div>
          <div className="md:hidden">
            <MatrixServices matrix={matrix} shown={shown} onlyRefused={onlyRefused} />
          </div>
        </>
      )}
    </>
  );
}

/** The light is about the evidence: a refusal may be meant, what is not known must be looked at. */
function Summary({ matrix, counts }: { readonly matrix: ShownMatrix; readonly counts: MatrixCounts<ShownOutcome> }) {
  const t = useTranslations("uiReach.matrix");
  const [most] = counts.outcomes;
  const words = t(counts.total === 0 ? "sentence.empty" : counts.unknown > 0 ? "sentence.unknown" : "sentence.known", {
    yes: counts.yes,
    no: counts.no,
    unknown: counts.unknown,
    total: counts.total,
    callers: matrix.callers.length,
    services: matrix.services.length,
    network: matrix.network,
  });
  const often = most?.outcome.verdict === "no" ? ` ${t("sentence.mostly", { reason: most.outcome.words, count: most.count })}` : "";
  return (
    <StatusSentence
      glyph={counts.total === 0 ? "todo" : counts.unknown > 0 ? "unknown" : "ok"}
      sentence={words + often}
      note={<StatusAges since={null} evidenceAt={matrix.at} />}
    />
  );
}

function Legend({ counts }: { readonly counts: MatrixCounts<ShownOutcome> }) {
  const t = useTranslations("uiReach.matrix");
  return (
    <ul aria-label={t("legend")} className="mt-4 mb-3 flex flex-wrap gap-x-5 gap-y-1.5">
      {counts.outcomes.map(({ outcome, count }) => (
        <li key={`${outcome.verdict} ${outcome.layer ?? ""} ${outcome.words}`} className="flex items-center gap-1.5 text-caption">
          <Status glyph={outcome.glyph} size="caption">
            <span className="whitespace-normal">{outcome.words}</span>
          </Status>
          <span className="text-muted tabular-nums">{t("count", { count })}</span>
        </li>
      ))}
    </ul>
  );
}
