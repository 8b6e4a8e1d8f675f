"use client";
import { useTranslations } from "next-intl";
import { useMemo, useRef } from "react";
import type { RouteSpec } from "../../lib/domain/routes/route-input.ts";
import { toFieldErrors } from "../ui/field-errors.ts";
import { PlanPanel } from "../ui/plan-panel.tsx";
import { RequestForm } from "../ui/request-form.tsx";
import { useDraft } from "../ui/use-draft.ts";
import { useLivePlan } from "../ui/use-live-plan.ts";
import { useSending } from "../ui/use-sending.ts";
import { AccessFields } from "./access-fields.tsx";
import { isWorthAsking, toSpec } from "./draft-spec.ts";
import { HealthFields } from "./health-fields.tsx";
import { PublishFields } from "./publish-fields.tsx";
import { emptyDraft, fromSpec, type RouteDraft } from "./route-draft.ts";
import { listenersFor, type RouteFormOptions } from "./route-form-options.ts";
import { RuleBuilder } from "./rule-builder.tsx";
import { ServeFromFields } from "./serve-from-fields.tsx";
import { readStoredDraft } from "./stored-route-draft.ts";

/** What fills the form: nothing, a route that is to be changed, or what a request said. */
export type RouteFormStart =
  | { readonly type: "new" }
  | { readonly type: "change"; readonly namespace: string; readonly team: string; readonly name: string; readonly spec: RouteSpec }
  | {
      readonly type: "revision";
      readonly id: string;
      readonly revision: number;
      readonly purpose: string;
      readonly team: string;
      readonly name: string;
      readonly spec: RouteSpec;
      /** Null: the request makes the route. */
      readonly namespace: string | null;
    };

type Props = {
  readonly options: RouteFormOptions;
  readonly origin: string;
  /** Where the draft of this person is kept on the device; null when nothing is kept. */
  readonly storageKey: string | null;
  readonly start: RouteFormStart;
};

/** Paths that have a field of their own. Everything below a rule stands under that rule. */
const PLACED =
  /^(?:team|name|purpose|network|protocol|listener|hostname|serviceName|visibility|description|rules|rules\.\d+(?:\..+)?|healthCheck\.\w+|access|access\.policy|access\.callers|access\.callers\.\d+(?:\.(?:team|name|paths|principal|principal\.(?:cluster|roleArn)))?(?:\.\d+)?|accessLogs|accessLogs\.\w+)$/;

/** The request for a route or for its change: few fields, rules in the order in which they are tried, and the pre-flight beside them while typing. */
export function RouteForm({ options, origin, storageKey, start }: Props) {
  const t = useTranslations("uiRoutes.form");
  const form = useRef<HTMLFormElement>(null);
  const initial = useMemo(() => draftOf(start, options), [start, options]);
  const kept = useDraft({ initial, storageKey, read: readStoredDraft });
  const { draft, change } = kept;
  const namespace = start.type === "new" ? null : start.namespace;
  const revisionOf = start.type === "revision" ? start.id : null;
  const body = bodyOf(draft, namespace);
  const ready = isWorthAsking(draft);
  const live = useLivePlan(
    ready
      ? JSON.stringify({ kind: body.kind, team: body.team, input: body.input, ...(revisionOf === null ? {} : { own: revisionOf }) })
      : null,
  );
  const sending = useSending({ body, ready, revisionOf, storageKey, form });
  const asked = sending.error ?? live.problem;
  const errors = toFieldErrors((asked?.fields ?? []).map(withoutSpec), PLACED);
  const part = {
    draft,
    change: (patch: Partial<RouteDraft>) => (sending.forget(), change(patch)),
    errorsOf: errors.of,
    errors,
  };
  const clusters = options.clusters.filter(({ team }) => team === draft.team);
  const nameVerdict =
    namespace !== null || draft.name === ""
      ? undefined
      : live.asking
        ? ({ tone: "asking", text: t("nameAsking") } as const)
        : live.plan !== null && live.problem === null
          ? ({ tone: "ok", text: t("nameFree") } as const)
          : undefined;
  return (
    <RequestForm
      formRef={form}
      kept={kept}
      sending={sending}
      body={body}
      origin={origin}
      nextRevision={start.type === "revision" ? start.revision + 1 : null}
      plan={<PlanPanel live={live} errors={errors} empty={t("planEmpty")} />}
    >
      <ServeFromFields {...part} clusters={clusters} tried={sending.tried} />
      <PublishFields {...part} options={options} nameVerdict={nameVerdict} exists={start.type !== "new"} tried={sending.tried} />
      <RuleBuilder {...part} checks={live.plan?.notes.preflight ?? []} />
      <HealthFields {...part} />
      <AccessFields {...part} options={options} />
    </RequestForm>
  );
}

function draftOf(start: RouteFormStart, options: RouteFormOptions): RouteDraft {
  if (start.type !== "new") {
    const { team, name, spec } = start;
    return fromSpec(spec, { team, name, purpose: start.type === "revision" ? start.purpose : "" });
  }
  const team = options.teams[0] ?? "";
  const network = options.networks.find(({ publishers }) => publishers.includes(team));
  const draft = emptyDraft(
    team,
    network === undefined ? null : { name: network.name, listener: listenersFor(network, "http")[0]?.name ?? "" },
  );
  const own = options.clusters.filter((cluster) => cluster.team === team);
  const [only] = own;
  return own.length === 1 && only !== undefined ? { ...draft, sides: draft.sides.map((side) => ({ ...side, cluster: only.key })) } : draft;
}

function bodyOf(draft: RouteDraft, namespace: string | null) {
  const name = draft.name.trim();
  const spec = toSpec(draft);
  return {
    team: draft.team,
    purpose: draft.purpose,
    ...(namespace === null
      ? { kind: "route.create", input: { name, ...spec } }
      : { kind: "route.change", input: { namespace, name, spec } }),
  };
}

/** A change says its spec one level deeper; the fields are the same. */
function withoutSpec<Shown extends { readonly path: string }>(field: Shown): Shown {
  return { ...field, path: field.path.replace(/^(?:input\.)?(?:spec\.)?/, "") };
}
