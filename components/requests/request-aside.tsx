"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { apiPaths, paths } from "../../lib/paths.ts";
import { ClockTime } from "../ui/clock-time.tsx";
import { CommandTwin } from "../ui/command-twin.tsx";
import { Facts } from "../ui/facts.tsx";
import { PlanNumbers } from "../ui/plan-numbers.tsx";
import { QuietLink as Link } from "../ui/quiet-link.tsx";
import { REQUEST_GLYPH } from "../ui/request-glyph.ts";
import { Section } from "../ui/section.tsx";
import { Status } from "../ui/status.tsx";
import { FullHash } from "./full-hash.tsx";
import type { ShownRequest } from "./request-data.ts";
import { SlotList } from "./slot-list.tsx";

/** Who must agree, the facts, and the same page on the command line. */
export function RequestAside({ request, origin }: { readonly request: ShownRequest; readonly origin: string }) {
  const t = useTranslations("uiRequests");
  const { target } = request;
  const href = hrefOf(request);
  return (
    <aside>
      {request.slots.length > 0 && (
        <Section title={t("page.slots")}>
          <SlotList slots={request.slots} />
        </Section>
      )}
      {request.state !== "waiting" && request.notes.cost !== null && <PlanNumbersSection request={request} />}
      <Section title={t("page.facts2")}>
        <div className="pt-2.5">
          <Facts
            rows={[
              { label: t("page.fact.state"), value: <Status glyph={REQUEST_GLYPH[request.state]}>{t(`state.${request.state}`)}</Status> },
              {
                label: t("page.fact.target"),
                value:
                  href === null ? (
                    `${target.namespace}/${target.name}`
                  ) : (
                    <Link className="link" href={href}>{`${target.namespace}/${target.name}`}</Link>
                  ),
              },
              { label: t("page.fact.destination"), value: destinationsOf(request) },
              { label: t("page.fact.blueprint"), value: request.blueprintVersion },
              { label: t("page.fact.policy"), value: request.policy },
              { label: t("page.fact.requester"), value: request.requester?.name ?? t("page.system") },
              { label: t("page.fact.submitted"), value: <ClockTime at={request.submittedAt} /> },
              {
                label: t("page.fact.expires"),
                value: request.state === "waiting" || request.state === "sent-back" ? <ClockTime at={request.expiresAt} /> : null,
              },
              { label: t("page.fact.hash"), value: <FullHash hash={request.contentHash} /> },
            ]}
          />
        </div>
      </Section>
      <Section title={t("page.commandLine")} note={t("page.same")}>
        <div className="pt-2.5">
          <CommandTwin label={t("page.commandLine")} lines={requestCommands(origin, request)} />
        </div>
      </Section>
    </aside>
  );
}

/** The page of what the request is about. */
function hrefOf({ kind, target: { namespace, name } }: ShownRequest): string | null {
  if (kind.startsWith("cluster.")) return paths.cluster(namespace, name);
  return kind.startsWith("route.") ? paths.route(namespace, name) : null;
}

/** Every cluster that the plan writes to; the reader who may not see the plan sees where the target stands. */
function destinationsOf({ plan, target }: ShownRequest): ReactNode {
  const destinations = [...new Set(plan.map(({ destination }) => destination))];
  return (destinations.length === 0 ? [target.managementCluster] : destinations).map((destination) => (
    <span key={destination} className="block">
      {destination}
    </span>
  ));
}

function PlanNumbersSection({ request }: { readonly request: ShownRequest }) {
  const t = useTranslations("uiRequests.page");
  return (
    <Section title={t("numbers")}>
      <div className="-mx-3.5">
        <PlanNumbers notes={{ cost: request.notes.cost, quota: null }} team={request.team} />
      </div>
    </Section>
  );
}

/** Ids and hashes are ours: digits and letters, nothing a shell could take apart. */
function requestCommands(origin: string, request: ShownRequest) {
  const curl = 'curl -H "Authorization: Bearer $TRELLIS_TOKEN"';
  const url = `${origin}${apiPaths.request(request.id)}`;
  const read = { command: [curl, url].join(NEXT_LINE) };
  if (!request.can.approve.allowed) return [read];
  return [
    read,
    {
      command: [curl, '-H "Content-Type: application/json"', `-d '{"contentHash":"${request.contentHash}"}'`, `${url}/approve`].join(
        NEXT_LINE,
      ),
    },
  ];
}

const NEXT_LINE = " \\\n  ";
