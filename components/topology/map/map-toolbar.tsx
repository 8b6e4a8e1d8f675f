"use client";
import { Monitor, Search, Waypoints, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { ChoiceChip, FilterChip, ViewChip } from "../../ui/chip.tsx";
import { TextInput } from "../../ui/input.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import type { ExportKind } from "./export-kinds.ts";
import { ExportMenu } from "./export-menu.tsx";
import { type MapAddress, withInput } from "./map-address.ts";
import type { ShownNode, ShownTopology } from "./map-view.ts";

const MOST_SUGGESTIONS = 500;

type Props = {
  readonly view: ShownTopology;
  readonly address: MapAddress;
  readonly shows: "map" | "table";
  readonly selected: ShownNode | null;
  readonly onInput: (input: MapAddress["input"]) => void;
  readonly onSearch: (text: string) => void;
  readonly onOnly: (only: boolean) => void;
  readonly onView: (view: "map" | "table") => void;
  readonly onWall: () => void;
  readonly onExport: (kind: ExportKind) => void;
};

/** What is on the map, and how it is looked at. */
export function MapToolbar({ view, address, shows, selected, onInput, onSearch, onOnly, onView, onWall, onExport }: Props) {
  const t = useTranslations("uiMap");
  const { input, only } = address;
  const { teams, accounts, networks, unhealthy } = view.choices;
  const focused = input.focus === undefined ? null : (view.nodes.find(({ id }) => id === input.focus)?.name ?? input.focus);
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b px-[18px] py-2.5 max-md:px-4">
      <SearchField key={input.q ?? ""} q={input.q ?? ""} names={view.nodes} onSearch={onSearch} />
      {selected !== null && (
        <button
          type="button"
          aria-pressed={only}
          aria-keyshortcuts="P"
          onClick={() => onOnly(!only)}
          className="inline-flex min-h-[1.625rem] items-center gap-1.5 rounded-[13px] border border-line bg-surface px-[9px] text-caption text-muted hover:bg-hover aria-pressed:border-accent-line aria-pressed:bg-selected aria-pressed:text-text"
        >
          <Waypoints size={14} aria-hidden="true" />
          {t("pathOf")} <b className="max-w-40 truncate text-text">{selected.name}</b>
          {only && <X size={14} aria-hidden="true" />}
        </button>
      )}
      {focused !== null && (
        <FilterChip
          label={t("focusOn")}
          value={focused}
          removeLabel={t("removeFocus", { name: focused })}
          onRemove={() => onInput(withInput(input, { focus: "", depth: "" }))}
        />
      )}
      <ChoiceChip
        label={t("account")}
        any={t("any")}
        value={input.account ?? ""}
        options={accounts.map(({ id, name }) => ({ value: id, label: name }))}
        onChoose={(account) => onInput(withInput(input, { account }))}
      />
      <ChoiceChip
        label={t("team")}
        any={t("any")}
        value={input.team ?? ""}
        options={teams.map((team) => ({ value: team, label: team }))}
        onChoose={(team) => onInput(withInput(input, { team }))}
      />
      <ChoiceChip
        label={t("network")}
        any={t("any")}
        value={input.network ?? ""}
        options={[...new Set(networks.map(({ name }) => name))].map((name) => ({ value: name, label: name }))}
        onChoose={(network) => onInput(withInput(input, { network }))}
      />
      <ViewChip
        pressed={input.health === "unhealthy"}
        count={unhealthy}
        onPress={() => onInput(withInput(input, { health: input.health === "unhealthy" ? "" : "unhealthy" }))}
      >
        {t("onlyUnhealthy")}
      </ViewChip>
      <div className="ml-auto flex flex-wrap items-center gap-2 max-md:ml-0">
        <Segmented
          label={t("view.label")}
          value={shows}
          options={[
            { value: "map", label: t("view.map") },
            { value: "table", label: t("view.table") },
          ]}
          onChange={onView}
        />
        <ExportMenu onExport={onExport} />
        <Button variant="quiet" icon={<Monitor size={16} aria-hidden="true" />} shortcut="W" onClick={onWall}>
          {t("wallMode")}
        </Button>
      </div>
    </div>
  );
}

type SearchProps = { readonly q: string; readonly names: ShownTopology["nodes"]; readonly onSearch: (text: string) => void };

function SearchField({ q, names, onSearch }: SearchProps) {
  const t = useTranslations("uiMap");
  const input = useRef<HTMLInputElement>(null);
  const label = t("search");
  useShortcuts(useMemo(() => [{ keys: "/", label, run: () => input.current?.focus() }], [label]));
  // Hundreds of elements that nobody needs before they search.
  const [isUsed, setUsed] = useState(false);
  const suggestions = useMemo(
    () => (isUsed ? [...new Set(names.map(({ name }) => name))].sort().slice(0, MOST_SUGGESTIONS) : []),
    [isUsed, names],
  );
  return (
    <form
      role="search"
      className="relative w-[236px] max-md:w-full"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(input.current?.value.trim() ?? "");
      }}
    >
      <Search size={16} aria-hidden="true" className="pointer-events-none absolute top-2 left-2.5 text-faint" />
      <span className="[&_input]:pl-8">
        <TextInput
          ref={input}
          type="search"
          aria-label={label}
          placeholder={t("searchHint")}
          defaultValue={q}
          maxLength={100}
          list="map-names"
          onFocus={() => setUsed(true)}
        />
      </span>
      <datalist id="map-names">
        {suggestions.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <span className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2">
        <Kbd>/</Kbd>
      </span>
    </form>
  );
}
