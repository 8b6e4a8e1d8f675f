"use client";
import { Tabs } from "@base-ui/react/tabs";
import { useTranslations } from "next-intl";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Section } from "../../ui/section.tsx";
import type { ShownEntry } from "./directory-data.ts";

/** The same call in several languages, with the service's own address. */
export function CallSnippets({ snippets, signed }: Pick<ShownEntry, "snippets" | "signed">) {
  const t = useTranslations("uiDirectory.entry");
  const names = useTranslations("uiDirectory.snippet");
  const [first] = snippets;
  if (first === undefined) return null;
  return (
    <Section title={t("snippets")} note={t(signed ? "snippetsSigned" : "snippetsUnsigned")}>
      <Tabs.Root defaultValue={first.id} className="pt-1">
        <Tabs.List aria-label={t("snippets")} className="flex gap-x-5 overflow-x-auto text-table">
          {snippets.map(({ id }) => (
            <Tabs.Tab
              key={id}
              value={id}
              className="whitespace-nowrap py-2 text-muted -outline-offset-2 hover:text-text aria-selected:font-medium aria-selected:text-text aria-selected:shadow-[inset_0_-2px_0_var(--tr-accent)]"
            >
              {names(id)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {snippets.map(({ id, code }) => (
          <Tabs.Panel key={id} value={id} className="pt-2">
            <pre
              tabIndex={0}
              role="region"
              aria-label={t("snippetIn", { language: names(id) })}
              className="max-h-[32rem] overflow-auto rounded-md border border-line bg-canvas px-3 py-2.5 text-[12px]/[19px]"
            >
              {code}
            </pre>
            <div className="mt-2">
              <CopyButton text={code} />
            </div>
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </Section>
  );
}
