"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { submitRequestAction } from "../../lib/actions/requests.ts";
import { paths } from "../../lib/paths.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Hint } from "../ui/hint.tsx";
import { TextArea, TextInput } from "../ui/input.tsx";
import { shortHash } from "../ui/short-hash.tsx";
import { useToaster } from "../ui/toast.tsx";
import type { ShownCluster } from "./cluster-data.ts";
import { type FieldErrors, toFieldErrors } from "./field-errors.ts";

type Props = { readonly cluster: ShownCluster; readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

const MINIMUM_PURPOSE = 10;

/** Asks to delete a cluster: what is lost for good, why, and the typed name. Somebody else approves before anything goes. */
export function DeleteClusterDialog({ cluster, open, onOpenChange }: Props) {
  const t = useTranslations("uiClusters.delete");
  const router = useRouter();
  const toaster = useToaster();
  const [purpose, setPurpose] = useState("");
  const [typedName, setTypedName] = useState("");
  const [refused, setRefused] = useState<{ readonly message: string; readonly errors: FieldErrors } | null>(null);
  const [busy, start] = useTransition();
  const ready = typedName === cluster.name;
  const submit = () =>
    start(async () => {
      const result = await submitRequestAction({
        kind: "cluster.delete",
        team: cluster.team,
        purpose,
        input: { namespace: cluster.namespace, name: cluster.name, typedName },
      });
      if (!result.ok) return setRefused({ message: result.error.message, errors: toFieldErrors(result.error.fields ?? []) });
      toaster.done(t("sent", { id: result.data.id, hash: shortHash(result.data.contentHash) }));
      onOpenChange(false);
      router.push(paths.request(result.data.id));
    });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("title", { name: cluster.name })}
      description={t("text")}
      actions={
        <>
          <Button shortcut="Esc" onClick={() => onOpenChange(false)}>
            {t("keep")}
          </Button>
          <Button variant="danger" busy={busy} refusal={ready ? null : t("typeFirst", { name: cluster.name })} onClick={submit}>
            {t("submit")}
          </Button>
        </>
      }
    >
      <WhatIsLost cluster={cluster} />
      <Field
        label={t("purpose")}
        note={t("purposeHint")}
        errors={
          purpose !== "" && purpose.trim().length < MINIMUM_PURPOSE && refused !== null
            ? [t("purposeShort", { minimum: MINIMUM_PURPOSE })]
            : refused?.errors.of("purpose")
        }
      >
        {(control) => (
          <TextArea {...control} rows={2} maxLength={2000} value={purpose} onChange={(event) => setPurpose(event.target.value)} />
        )}
      </Field>
      <Field label={t("type", { name: cluster.name })} errors={refused?.errors.of("typedName")}>
        {(control) => <TextInput {...control} mono value={typedName} onChange={(event) => setTypedName(event.target.value)} />}
      </Field>
      {refused !== null && (
        <div role="alert" className="grid gap-1">
          <Hint tone="error">{refused.message}</Hint>
          {refused.errors.unplaced.map((text) => (
            <Hint key={text} tone="error">
              {text}
            </Hint>
          ))}
        </div>
      )}
    </Dialog>
  );
}

function WhatIsLost({ cluster }: { readonly cluster: ShownCluster }) {
  const t = useTranslations("uiClusters.delete");
  const nodes = cluster.pools.reduce((sum, pool) => sum + pool.ready, 0);
  return (
    <div className="text-table">
      <b>{t("lost")}</b>
      <ul className="mt-1 list-disc pl-5 text-muted">
        <li>{t("lostControlPlane", { eksName: cluster.eksName ?? cluster.name })}</li>
        <li>{t("lostPools", { count: cluster.pools.length, nodes })}</li>
        {cluster.endpoint !== null && <li className="[overflow-wrap:anywhere]">{t("lostEndpoint", { endpoint: cluster.endpoint })}</li>}
      </ul>
      <p className="mt-2 text-muted">{t("kept")}</p>
    </div>
  );
}
