"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { TextArea } from "../ui/input.tsx";
import type { RequestDoors } from "./use-request-doors.ts";

/** A word to everybody who may see the request. What was typed stays until the door has taken it. */
export function CommentForm({ doors }: { readonly doors: RequestDoors }) {
  const t = useTranslations("uiRequests.page");
  const [text, setText] = useState("");
  return (
    <form
      className="mt-2 grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "") doors.comment(text.trim(), () => setText(""));
      }}
    >
      <Field label={t("commentLabel")} help={t("commentHint")}>
        {(control) => <TextArea {...control} rows={2} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <div>
        <Button type="submit" size="small" busy={doors.isBusy("comment")}>
          {t("commentSend")}
        </Button>
      </div>
    </form>
  );
}
