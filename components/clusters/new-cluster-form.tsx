"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState, useTransition } from "react";
import { resubmitRequestAction, submitRequestAction } from "../../lib/actions/requests.ts";
import type { ShownError } from "../../lib/domain/action-result.ts";
import { paths } from "../../lib/paths.ts";
import { Age } from "../ui/age.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { CommandTwin } from "../ui/command-twin.tsx";
import { shortHash } from "../ui/short-hash.tsx";
import { useShortcuts } from "../ui/shortcuts.tsx";
import { useToaster } from "../ui/toast.tsx";
import { AdviceQuestions } from "./advice-questions.tsx";
import { BlueprintChoice } from "./blueprint-choice.tsx";
import { submitCommands } from "./cluster-commands.ts";
import { type ClusterDraft, emptyDraft, withBlueprint } from "./cluster-draft.ts";
import { isWorthAsking, toClusterInput } from "./draft-input.ts";
import { clearDraft } from "./draft-storage.ts";
import { toFieldErrors } from "./field-errors.ts";
import type { FormOptions } from "./form-options.ts";
import { IdentityFields } from "./identity-fields.tsx";
import { NetworkFields } from "./network-fields.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import { PlatformFields } from "./platform-fields.tsx";
import { PoolFields } from "./pool-fields.tsx";
import { recommendedBlueprint } from "./recommended-blueprint.ts";
import { useDraft } from "./use-draft.ts";
import { useLivePlan } from "./use-live-plan.ts";

type Props = {
  readonly options: FormOptions;
  readonly origin: string;
  /** Where the draft of this person is kept on the device; null when she edits a request. */
  readonly storageKey: string | null;
  /** The request whose next revision this is, with the draft its input makes. */
  readonly revisionOf?: { readonly id: string; readonly revision: number; readonly draft: ClusterDraft };
};

const MINIMUM_PURPOSE = 10;

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
  const { draft, change, discard, savedAt, refused, restoredFrom } = useDraft(initial, storageKey);
  const blueprint = options.blueprints.find(({ id }) => id === draft.blueprint)?.data ?? null;
  const recommended = recommendedBlueprint(draft.advice, options.blueprints);
  const input = toClusterInput(draft, blueprint);
  const live = useLivePlan(
    isWorthAsking(draft) && blueprint !== null
      ? JSON.stringify({ kind: "cluster.create", team: draft.team, input, ...(revisionOf === undefined ? {} : { own: revisionOf.id }) })
      : null,
  );
  const sending = useSending({ draft, input, storageKey, revisionOf, form });

  const local = sending.tried
    ? localErrors(draft, {
        purposeShort: t("purposeShort", { minimum: MINIMUM_PURPOSE }),
        unanswered: t("unanswered"),
        nameMissing: t("nameMissing"),
        blueprintMissing: t("blueprintMissing"),
      })
    : [];
  const asked = sending.error ?? live.problem;
  const errors = toFieldErrors([...local, ...(asked?.fields ?? [])]);
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
    <div className="grid grid-cols-[minmax(0,1fr)_404px] gap-10 max-lg:grid-cols-1">
      <form ref={form} noValidate onSubmit={(event) => (event.preventDefault(), sending.submit())} className="min-w-0">
        {restoredFrom !== null && (
          <div className="mb-4">
            <Banner
              glyph="todo"
              title={t("draftFound")}
              action={
                <Button size="small" variant="quiet" onClick={discard}>
                  {t("discard")}
                </Button>
              }
            >
              <Age at={restoredFrom} />
            </Banner>
          </div>
        )}
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
        />
        {blueprint !== null && (
          <>
            <PlatformFields {...part} blueprint={blueprint} />
            <NetworkFields {...part} network={blueprint.network} account={options.accounts.find(({ id }) => id === draft.account)} />
            <PoolFields {...part} blueprint={blueprint} />
          </>
        )}
      </form>
      <div className="min-w-0">
        <div className="lg:sticky lg:top-16">
          <PlanPanel live={live} errors={errors} />
          {sending.error !== null && (
            <div className="mt-3">
              <Banner glyph="failed" urgent title={t("notSent")} note={sending.error.raw}>
                {sending.error.message}
              </Banner>
            </div>
          )}
          <div className="mt-3 flex gap-2 [&>button]:flex-1">
            <Button variant="primary" shortcut="⌘↵" busy={sending.busy} onClick={sending.submit}>
              {revisionOf === undefined ? t("submit") : t("resubmit", { revision: revisionOf.revision + 1 })}
            </Button>
          </div>
          <p className="mt-2 text-[12px]/[18px] text-faint">
            {t("later")} {refused ? t("notSaved") : savedAt !== null && <Saved at={savedAt} />}
          </p>
          {revisionOf === undefined && (
            <details className="mt-4 text-table">
              <summary className="link w-fit cursor-pointer text-caption">{t("command")}</summary>
              <div className="mt-2">
                <CommandTwin
                  label={t("commandTitle")}
                  lines={submitCommands(origin, { kind: "cluster.create", team: draft.team, purpose: draft.purpose, input })}
                />
              </div>
            </details>
          )}
        </div>
      </div>
    </div>
  );
}

function Saved({ at }: { readonly at: string }) {
  const t = useTranslations("uiClusters.new");
  return (
    <span>
      {t("saved")} <Age at={at} />
    </span>
  );
}

type Sending = {
  readonly tried: boolean;
  readonly busy: boolean;
  readonly error: ShownError | null;
  readonly submit: () => void;
  readonly forget: () => void;
};
type SendingOptions = {
  readonly draft: ClusterDraft;
  readonly input: unknown;
  readonly storageKey: string | null;
  readonly revisionOf: Props["revisionOf"];
  readonly form: React.RefObject<HTMLFormElement | null>;
};

/** Sends the draft; a refusal keeps everything typed and moves the focus to the first field it names. */
function useSending({ draft, input, storageKey, revisionOf, form }: SendingOptions): Sending {
  const t = useTranslations("uiClusters.new");
  const router = useRouter();
  const toaster = useToaster();
  const [tried, setTried] = useState(0);
  const [error, setError] = useState<ShownError | null>(null);
  const [busy, start] = useTransition();

  // Synchronises the focus with what the last try refused.
  useEffect(() => {
    if (tried === 0) return;
    const first = form.current?.querySelector<HTMLElement>(
      '[aria-invalid="true"], [data-invalid="true"] button, [data-invalid="true"] input',
    );
    first?.focus();
    first?.scrollIntoView({ block: "center" });
  }, [tried, error, form]);

  const submit = () => {
    setTried((count) => count + 1);
    setError(null);
    if (!isWorthAsking(draft) || draft.purpose.trim().length < MINIMUM_PURPOSE) return;
    start(async () => {
      const purpose = draft.purpose.trim();
      const result = await (revisionOf === undefined
        ? submitRequestAction({ kind: "cluster.create", team: draft.team, purpose, input })
        : resubmitRequestAction({ id: revisionOf.id, input, purpose }));
      if (!result.ok) return setError(result.error);
      if (storageKey !== null) clearDraft(storageKey);
      toaster.done(t("sent", { id: result.data.id, hash: shortHash(result.data.contentHash) }));
      router.push(paths.request(result.data.id));
    });
  };
  const shortcuts = useMemo(() => [{ keys: "mod+enter", label: t("submit"), run: () => form.current?.requestSubmit() }], [t, form]);
  useShortcuts(shortcuts);
  return { tried: tried > 0, busy, error, submit, forget: () => setError(null) };
}

type Words = {
  readonly purposeShort: string;
  readonly unanswered: string;
  readonly nameMissing: string;
  readonly blueprintMissing: string;
};

/** What needs no door to be seen: empty fields. Everything else is said by the one schema behind the door. */
function localErrors(draft: ClusterDraft, words: Words): readonly { readonly path: string; readonly message: string }[] {
  return [
    ...(Object.values(draft.advice).includes(null) ? [{ path: "advice.ownNodeTypes", message: words.unanswered }] : []),
    ...(draft.blueprint === "" ? [{ path: "blueprint", message: words.blueprintMissing }] : []),
    ...(draft.name.trim() === "" ? [{ path: "name", message: words.nameMissing }] : []),
    ...(draft.purpose.trim().length < MINIMUM_PURPOSE ? [{ path: "purpose", message: words.purposeShort }] : []),
  ];
}
