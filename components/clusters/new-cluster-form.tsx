"use client";
import { useTranslations } from "next-intl";
import { useMemo, useRef } from "react";
import { toFieldErrors } from "../ui/field-errors.ts";
import { PlanPanel } from "../ui/plan-panel.tsx";
import { RequestForm } from "../ui/request-form.tsx";
import { useDraft } from "../ui/use-draft.ts";
import { useLivePlan } from "../ui/use-live-plan.ts";
import { useSending } from "../ui/use-sending.ts";
import { AdviceQuestions } from "./advice-questions.tsx";
import { BlueprintChoice } from "./blueprint-choice.tsx";
import { type ClusterDraft, emptyDraft, withBlueprint } from "./cluster-draft.ts";
import { isWorthAsking, toClusterInput } from "./draft-input.ts";
import type { FormOptions } from "./form-options.ts";
import { IdentityFields } from "./identity-fields.tsx";
import { NetworkFields } from "./network-fields.tsx";
import { PLACED_FIELDS } from "./placed-fields.ts";
import { PlatformFields } from "./platform-fields.tsx";
import { PoolFields } from "./pool-fields.tsx";
import { recommendedBlueprint } from "./recommended-blueprint.ts";
import { readStoredDraft } from "./stored-draft.ts";

type Props = {
  readonly options: FormOptions;
  readonly origin: string;
  /** Where the draft of this person is kept on the device; null when she edits a request. */
  readonly storageKey: string | null;
  /** The request whose next revision this is, with the draft its input makes. */
  readonly revisionOf?: { readonly id: string; readonly revision: number; readonly draft: ClusterDraft };
};

/** The request for a cluster: four questions, a blueprint, few fields, and the plan beside them while typing. */
export function NewClusterForm({ options, origin, storageKey, revisionOf }: Props) {
  const t = useTranslations("uiClusters.new");
  const form = useRef<HTMLFormElement>(null);
  const initial = useMemo(
    () =>
      revisionOf?.draft ??
      emptyDraft(options.teams[0] ?? "", options.accounts.find(({ teams }) => teams.includes(options.teams[0] ?? ""))?.id ?? ""),
    [options, revisionOf],
  );
  const kept = useDraft({ initial, storageKey, read: readStoredDraft });
  const { draft, change } = kept;
  const blueprint = options.blueprints.find(({ id }) => id === draft.blueprint)?.data ?? null;
  const recommended = recommendedBlueprint(draft.advice, options.blueprints);
  const body = { kind: "cluster.create", team: draft.team, purpose: draft.purpose, input: toClusterInput(draft, blueprint) };
  const live = useLivePlan(
    isWorthAsking(draft) && blueprint !== null
      ? JSON.stringify({ kind: body.kind, team: body.team, input: body.input, ...(revisionOf === undefined ? {} : { own: revisionOf.id }) })
      : null,
  );
  const sending = useSending({ body, ready: isWorthAsking(draft), revisionOf: revisionOf?.id ?? null, storageKey, form });

  const local = sending.tried
    ? localErrors(draft, { unanswered: t("unanswered"), nameMissing: t("nameMissing"), blueprintMissing: t("blueprintMissing") })
    : [];
  const asked = sending.error ?? live.problem;
  const errors = toFieldErrors([...local, ...(asked?.fields ?? [])], PLACED_FIELDS);
  const part = { draft, change: (patch: Partial<ClusterDraft>) => (sending.forget(), change(patch)), errorsOf: errors.of };
  const nameVerdict =
    draft.name === ""
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
      nextRevision={revisionOf === undefined ? null : revisionOf.revision + 1}
      plan={<PlanPanel live={live} errors={errors} empty={t("planEmpty")} />}
    >
      <AdviceQuestions {...part} recommended={recommended} />
      <BlueprintChoice
        blueprints={options.blueprints}
        chosen={draft.blueprint}
        recommended={recommended}
        errors={errors.of("blueprint")}
        onChoose={({ id, data }) => part.change(withBlueprint(draft, id, data))}
      />
      <IdentityFields
        {...part}
        options={options}
        blueprint={blueprint}
        nameVerdict={nameVerdict}
        fixedTarget={revisionOf !== undefined}
        tried={sending.tried}
      />
      {blueprint !== null && (
        <>
          <PlatformFields {...part} blueprint={blueprint} />
          <NetworkFields {...part} network={blueprint.network} account={options.accounts.find(({ id }) => id === draft.account)} />
          <PoolFields {...part} blueprint={blueprint} />
        </>
      )}
    </RequestForm>
  );
}

type Words = { readonly unanswered: string; readonly nameMissing: string; readonly blueprintMissing: string };

/** What needs no door to be seen: empty fields. Everything else is said by the one schema behind the door. */
function localErrors(draft: ClusterDraft, words: Words): readonly { readonly path: string; readonly message: string }[] {
  return [
    ...(Object.values(draft.advice).includes(null) ? [{ path: "advice.ownNodeTypes", message: words.unanswered }] : []),
    ...(draft.blueprint === "" ? [{ path: "blueprint", message: words.blueprintMissing }] : []),
    ...(draft.name.trim() === "" ? [{ path: "name", message: words.nameMissing }] : []),
  ];
}
