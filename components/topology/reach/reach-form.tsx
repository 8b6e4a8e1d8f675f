"use client";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { CallFields } from "./call-fields.tsx";
import { CallerFields } from "./caller-fields.tsx";
import { checkQuestion, QUESTION_FIELDS, type QuestionField, type WrongWord } from "./check-question.ts";
import type { ReachChoices } from "./reach-data.ts";
import type { ReachDraft } from "./reach-question.ts";

/** What stands under a field: our own words, or those of the door. */
export type ErrorsOf = (field: QuestionField) => readonly string[];
export type FieldProps = {
  readonly draft: ReachDraft;
  readonly choices: ReachChoices;
  readonly onChange: (patch: Partial<ReachDraft>) => void;
  readonly errorsOf: ErrorsOf;
  /** The id of a field's control: the focus goes to the first that is wrong. */
  readonly idOf: (field: QuestionField) => string;
};

type Props = {
  readonly asked: ReachDraft;
  readonly choices: ReachChoices;
  readonly busy: boolean;
  /** Fields that the door refused when the question of the address was asked. */
  readonly refused: Readonly<Partial<Record<QuestionField, readonly string[]>>>;
  /** Somebody opened this address: what is wrong in it is said at once. */
  readonly checked: boolean;
  readonly onAsk: (draft: ReachDraft) => void;
};

const idOf = (field: QuestionField) => `reach-${field}`;

/** Who calls, what is called, and how. Asking writes the question into the address. */
export function ReachForm({ asked, choices, busy, refused, checked, onAsk }: Props) {
  const t = useTranslations("uiReach");
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(asked);
  const [isChecked, setChecked] = useState(checked);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const errors = isChecked ? checkQuestion(draft) : {};
  const say = (word: WrongWord) => t(`wrong.${word}`);
  const errorsOf: ErrorsOf = (field) => {
    const own = errors[field];
    return own === undefined ? (touched.has(field) ? [] : (refused[field] ?? [])) : [say(own)];
  };
  const change = (patch: Partial<ReachDraft>) => {
    setDraft({ ...draft, ...patch });
    setTouched(new Set([...touched, ...Object.keys(patch)]));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const wrong = checkQuestion(draft);
    const first = QUESTION_FIELDS.find((field) => wrong[field] !== undefined);
    setChecked(true);
    if (first === undefined) onAsk(draft);
    else form.current?.querySelector<HTMLElement>(`#${idOf(first)}`)?.focus();
  };
  const fields: FieldProps = { draft, choices, onChange: change, errorsOf, idOf };
  return (
    <form
      ref={form}
      noValidate
      aria-label={t("form.label")}
      onSubmit={submit}
      className="grid min-w-0 content-start gap-6 [&>section]:mt-0"
    >
      <CallerFields {...fields} />
      <CallFields {...fields} />
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {t("form.ask")}
        </Button>
      </div>
    </form>
  );
}
