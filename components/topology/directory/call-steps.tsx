"use client";
import { useTranslations } from "next-intl";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Section } from "../../ui/section.tsx";
import type { ShownEntry } from "./directory-data.ts";

/** What to do before the first call arrives, in the order in which one stumbles; what is typed elsewhere can be copied. */
export function CallSteps({ steps }: Pick<ShownEntry, "steps">) {
  const t = useTranslations("uiDirectory.entry");
  return (
    <Section title={t("howToCall")} note={t("howToCallHint")} id="how-to-call">
      <ol className="text-table">
        {steps.map(({ title, text, raw }, at) => (
          <li key={title} className="grid grid-cols-[1.5rem_minmax(0,1fr)] border-line-soft border-b py-3 last:border-b-0">
            <span aria-hidden="true" className="text-faint tabular-nums">
              {at + 1}
            </span>
            <div className="min-w-0">
              <h3 className="font-medium">{title}</h3>
              <p className="mt-0.5 text-pretty text-muted [overflow-wrap:anywhere]">{text}</p>
              {raw !== null && <Raw text={raw} />}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Raw({ text }: { readonly text: string }) {
  return (
    <div className="mt-1.5 flex items-start justify-between gap-3 rounded-md border border-line bg-canvas py-1 pr-1 pl-3">
      <code className="min-w-0 whitespace-pre-line py-[3px] text-[12px]/[19px] [overflow-wrap:anywhere]">{text}</code>
      <span className="flex-none">
        <CopyButton text={text} />
      </span>
    </div>
  );
}
