"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { createWallLinkAction } from "../../lib/actions/tenancy.ts";
import { Checkbox } from "../ui/choice.tsx";
import { Field } from "../ui/field.tsx";
import { type FieldErrors, toFieldErrors } from "../ui/field-errors.ts";
import { SelectInput, TextInput } from "../ui/input.tsx";
import { RefusalAlert } from "../ui/refusal-alert.tsx";
import { WALL_CHOICES, type WallChoices } from "./wall-data.ts";
import { WallDialog } from "./wall-dialog.tsx";
import { WallUrl } from "./wall-url.tsx";

type Props = { readonly choices: WallChoices; readonly onClose: () => void };
type Refused = { readonly message: string; readonly errors: FieldErrors };

const PLACED = /^(?:name|days)$/;
const USUAL_DAYS = "30";

/** Name, what the screen shows, how long; then the address, once. */
export function NewWallDialog({ choices, onClose }: Props) {
  const t = useTranslations("uiWalls");
  const router = useRouter();
  const [name, setName] = useState("");
  const [filter, setFilter] = useState<Readonly<Record<string, string>>>({});
  const [days, setDays] = useState(USUAL_DAYS);
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [busy, start] = useTransition();
  const missing = tried && name.trim() === "" ? [t("new.nameNeeded")] : undefined;
  const submit = () => {
    setTried(true);
    if (name.trim() === "") return;
    start(async () => {
      const chosen = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
      const result = await createWallLinkAction({ name, filter: chosen, days: Number(days) });
      if (!result.ok) return setRefused({ message: result.error.message, errors: toFieldErrors(result.error.fields ?? [], PLACED) });
      setUrl(result.data.url);
      router.refresh();
    });
  };
  if (url !== null) return <WallUrl url={url} onClose={onClose} />;
  return (
    <WallDialog
      title={t("new.title")}
      text={t("new.text")}
      submit={{ word: t("new.submit"), variant: "primary", busy, run: submit }}
      onClose={onClose}
    >
      <Field label={t("new.name")} note={t("new.nameHint")} errors={missing ?? refused?.errors.of("name")}>
        {(control) => <TextInput {...control} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <fieldset className="grid min-w-0 gap-3">
        <legend className="mb-1 font-medium text-table">{t("new.shows")}</legend>
        <div className="grid gap-3 sm:grid-cols-3">
          {WALL_CHOICES.map((which) => (
            <Field key={which} label={t(`filter.${which}`)}>
              {(control) => (
                <SelectInput
                  {...control}
                  value={filter[which] ?? ""}
                  onChange={(event) => setFilter({ ...filter, [which]: event.target.value })}
                >
                  <option value="">{t("filter.all")}</option>
                  {choices[which].map((choice) => (
                    <option key={choice} value={choice}>
                      {choice}
                    </option>
                  ))}
                </SelectInput>
              )}
            </Field>
          ))}
        </div>
        <Checkbox
          checked={filter["health"] === "unhealthy"}
          onChange={(event) => setFilter({ ...filter, health: event.target.checked ? "unhealthy" : "" })}
        >
          {t("filter.unhealthy")}
        </Checkbox>
      </fieldset>
      <Field label={t("new.days")} note={t("new.daysHint")} errors={refused?.errors.of("days")}>
        {(control) => (
          <TextInput {...control} type="number" min={1} max={365} value={days} onChange={(event) => setDays(event.target.value)} />
        )}
      </Field>
      {refused !== null && <RefusalAlert {...refused} />}
    </WallDialog>
  );
}
