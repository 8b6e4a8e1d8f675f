"use client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import type { FieldControl } from "./field.tsx";
import { TextInput } from "./input.tsx";
import { matchOptions, type SearchOption } from "./match-options.ts";

type Props = {
  readonly control: FieldControl;
  readonly value: string;
  readonly options: readonly SearchOption[];
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
};

const MOST = 40;

/** One of many, found by typing. What is typed and is no option chooses nothing, and stays to be mended. */
export function SearchSelect({ control, value, options, placeholder, onChange }: Props) {
  const t = useTranslations("uiKit.searchSelect");
  const listId = useId();
  const chosen = options.find((option) => option.value === value);
  const [text, setText] = useState(chosen?.label ?? value);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  // Opened over a chosen option, the list shows everything: the text is a choice then, not a search.
  const found = matchOptions(options, chosen !== undefined && text === chosen.label ? "" : text);
  const shown = found.slice(0, MOST);
  const show = (next: boolean) => {
    setOpen(next);
    setAt(-1);
  };
  const choose = (option: SearchOption) => {
    setText(option.label);
    onChange(option.value);
    show(false);
  };
  const type = (typed: string) => {
    setText(typed);
    const same = options.filter((option) => [option.label, option.value].includes(typed.trim()));
    onChange(same.length === 1 ? (same[0]?.value ?? "") : "");
    show(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const option = shown[at];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) show(true);
      else setAt(event.key === "ArrowDown" ? Math.min(at + 1, shown.length - 1) : Math.max(at - 1, 0));
    } else if (event.key === "Enter" && open && option !== undefined) choose(option);
    else if (event.key === "Escape" && open) show(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="relative">
      <TextInput
        {...control}
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && shown[at] !== undefined ? `${listId}-${at}` : undefined}
        placeholder={placeholder}
        value={text}
        onChange={(event) => type(event.target.value)}
        onClick={() => show(true)}
        onBlur={() => show(false)}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        role="listbox"
        aria-label={t("options")}
        hidden={!open || shown.length === 0}
        className="absolute top-full right-0 left-0 z-30 mt-1 max-h-72 overflow-y-auto rounded-lg border border-line bg-raised py-1 shadow-pop"
      >
        {open &&
          shown.map((option, index) => (
            <Option
              key={option.value}
              id={`${listId}-${index}`}
              option={option}
              isActive={index === at}
              isChosen={option.value === value}
              onChoose={() => choose(option)}
            />
          ))}
      </div>
      <p role="status" className={open ? "mt-1 text-caption text-muted empty:hidden" : "hidden"}>
        {found.length === 0 ? t("none", { text }) : found.length > MOST ? t("more", { shown: MOST, total: found.length }) : null}
      </p>
    </div>
  );
}

type OptionProps = {
  readonly id: string;
  readonly option: SearchOption;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

function Option({ id, option, isActive, isChosen, onChoose }: OptionProps) {
  return (
    // The keys act on the input, which keeps the focus.
    <div
      id={id}
      ref={isActive ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      // Before the input loses the focus, which would close the list.
      onPointerDown={(event) => {
        event.preventDefault();
        onChoose();
      }}
      className={`cursor-pointer px-2.5 py-1 text-table hover:bg-hover aria-selected:font-medium max-md:py-2 ${isActive ? "bg-selected" : ""}`}
    >
      <span className="block [overflow-wrap:anywhere]">{option.label}</span>
      {option.note !== "" && <small className="block text-caption text-muted [overflow-wrap:anywhere]">{option.note}</small>}
    </div>
  );
}
