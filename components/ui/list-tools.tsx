"use client";
import { Terminal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { ChoiceChip, FilterChip, ViewChip } from "./chip.tsx";
import { Dialog } from "./dialog.tsx";
import { SelectInput, TextInput } from "./input.tsx";
import { Kbd } from "./kbd.tsx";
import type { ListFilter, ListFilters } from "./list-filter.ts";
import { useShortcuts } from "./shortcuts.tsx";
import type { GoTo } from "./use-list-navigation.ts";

/** A box to choose a further filter in. */
export type ListPick = {
  readonly name: string;
  readonly label: string;
  readonly any: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
};

type Props<View extends string, Sort extends string> = {
  readonly filters: ListFilters<View, Sort>;
  readonly filter: ListFilter<View, Sort>;
  readonly go: GoTo<View, Sort>;
  readonly counts: Readonly<Record<string, number>> | undefined;
  readonly viewWord: (view: View) => string;
  readonly sortWord: (sort: Sort) => string;
  readonly picks?: readonly ListPick[] | undefined;
  readonly search: { readonly label: string; readonly hint: string };
  /** How many rows are selected, and the command twin of list or selection, made when it is asked for. */
  readonly selected: number;
  readonly commandTitle: string;
  readonly commands: () => ReactNode;
};

/** Saved views, search, filters, order, and the command twin of list and selection. */
export function ListTools<View extends string, Sort extends string>(props: Props<View, Sort>) {
  const { filters, filter, go, counts, viewWord, sortWord, search, selected, commandTitle } = props;
  const t = useTranslations("uiList");
  const [commands, setCommands] = useState(false);
  return (
    <>
      <div role="group" aria-label={t("views")} className="mb-3 flex flex-wrap items-center gap-1.5">
        {filters.views.map((view) => (
          <ViewChip
            key={view}
            pressed={view === filter.view}
            count={counts === undefined ? undefined : filters.totalOf(view, counts)}
            onPress={() => go({ view, cursor: "" })}
          >
            {viewWord(view)}
          </ViewChip>
        ))}
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField key={filter.q} q={filter.q} words={search} onSearch={(q) => go({ q, cursor: "" })} />
        {props.picks?.map(({ name, label, any, options }) => (
          <ChoiceChip
            key={name}
            label={label}
            any={any}
            value={filter.picked[name] ?? ""}
            options={options}
            onChoose={(value) =>
              go(({ picked }) => {
                const { [name]: _, ...others } = picked;
                return { picked: value === "" ? others : { ...others, [name]: value }, cursor: "" };
              })
            }
          />
        ))}
        {filter.team !== "" && (
          <FilterChip
            label={t("team")}
            value={filter.team}
            removeLabel={t("removeTeam", { team: filter.team })}
            onRemove={() => go({ team: "", cursor: "" })}
          />
        )}
        <label className="ml-auto flex items-center gap-2 text-caption text-muted max-md:ml-0">
          {t("sortBy")}
          <span className="w-40">
            <SelectInput
              dense
              value={filter.sort}
              onChange={(event) => {
                const sort = filters.sorts.find((name) => name === event.target.value);
                if (sort !== undefined) go({ sort, cursor: "" });
              }}
            >
              {filters.sorts.map((sort) => (
                <option key={sort} value={sort}>
                  {sortWord(sort)}
                </option>
              ))}
            </SelectInput>
          </span>
        </label>
        <Button size="small" variant="quiet" icon={<Terminal size={14} aria-hidden="true" />} onClick={() => setCommands(true)}>
          {selected > 0 ? t("selected", { count: selected }) : t("command")}
        </Button>
      </div>
      <Dialog open={commands} onOpenChange={setCommands} wide title={commandTitle}>
        {commands && props.commands()}
      </Dialog>
    </>
  );
}

type SearchProps = { readonly q: string; readonly words: Props<string, string>["search"]; readonly onSearch: (q: string) => void };

function SearchField({ q, words, onSearch }: SearchProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcuts(useMemo(() => [{ keys: "/", label: words.label, run: () => input.current?.focus() }], [words.label]));
  return (
    <form
      role="search"
      className="relative w-[280px] max-md:w-full"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(input.current?.value.trim() ?? "");
      }}
    >
      <TextInput ref={input} type="search" aria-label={words.label} placeholder={words.hint} defaultValue={q} maxLength={100} />
      <span className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2">
        <Kbd>/</Kbd>
      </span>
    </form>
  );
}
