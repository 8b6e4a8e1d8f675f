"use client";
import clsx from "clsx";
import { ArrowDown, ArrowUp, GripVertical, Plus, Trash2, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId } from "react";
import { Button } from "../ui/button.tsx";
import { Hint } from "../ui/hint.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { SelectInput, TextInput } from "../ui/input.tsx";
import { METHODS } from "./draft-spec.ts";
import { type HeaderDraft, MOST_HEADERS, type RouteDraft, type RuleDraft } from "./route-draft.ts";
import { RuleWeights } from "./rule-weights.tsx";

export type RuleNote = { readonly tone: "error" | "warning"; readonly text: string; readonly fix?: "slash" | undefined };

type Props = {
  readonly rule: RuleDraft;
  readonly n: number;
  readonly count: number;
  readonly draft: RouteDraft;
  readonly notes: readonly RuleNote[];
  readonly invalid: boolean;
  readonly dragging: boolean;
  readonly onDrag: (on: boolean) => void;
  readonly onDragOver: () => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onEdit: (patch: Partial<RuleDraft>) => void;
  readonly onRemove: (() => void) | null;
};

/** One rule: what it looks at, and where it sends what it takes. */
export function RuleRow(props: Props) {
  const { rule, n, count, draft, notes, dragging, onMove, onEdit, onRemove } = props;
  const t = useTranslations("uiRoutes.form");
  const notesId = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <li
      aria-label={t("ruleOf", { n, count })}
      aria-describedby={notes.length > 0 ? notesId : undefined}
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        event.preventDefault();
        props.onDragOver();
      }}
      onDrop={(event) => event.preventDefault()}
      className={clsx(
        "grid grid-cols-[16px_20px_minmax(0,1fr)] gap-x-2 gap-y-2 border-line-soft border-b py-2.5",
        dragging && "opacity-55",
      )}
    >
      <span
        draggable
        aria-hidden="true"
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = "move";
          event.dataTransfer.setData("text/plain", rule.key);
          props.onDrag(true);
        }}
        onDragEnd={() => props.onDrag(false)}
        className="flex h-8 cursor-grab items-center text-faint"
      >
        <GripVertical size={16} />
      </span>
      <span aria-hidden="true" className="mt-1.5 grid size-5 place-items-center rounded-full border border-line-strong text-caption">
        {n}
      </span>
      <div className="grid min-w-0 gap-2">
        <div className="flex items-start gap-1">
          <div className="min-w-0 flex-1">
            <Match {...props} />
          </div>
          <IconButton label={t("moveUp", { n })} aria-disabled={n === 1} onClick={() => onMove(-1)}>
            <ArrowUp size={14} aria-hidden="true" />
          </IconButton>
          <IconButton label={t("moveDown", { n })} aria-disabled={n === count} onClick={() => onMove(1)}>
            <ArrowDown size={14} aria-hidden="true" />
          </IconButton>
          {onRemove !== null && (
            <IconButton label={t("removeRule", { n })} onClick={onRemove}>
              <Trash2 size={14} aria-hidden="true" />
            </IconButton>
          )}
        </div>
        {draft.protocol !== "tls" && <Headers n={n} rule={rule} onEdit={onEdit} />}
        <RuleWeights n={n} rule={rule} sides={draft.sides} onEdit={onEdit} />
        <div id={notesId} aria-live="polite" className="grid gap-1 empty:hidden">
          {notes.map(({ tone, text, fix }) => (
            <div key={text} className="flex flex-wrap items-center gap-x-2">
              <Hint tone={tone}>{text}</Hint>
              {fix === "slash" && (
                <button type="button" className="link text-caption" onClick={() => onEdit({ path: `${rule.path.trim()}/` })}>
                  {t("fixSlash")}
                </button>
              )}
            </div>
          ))}
        </div>
      </div>
    </li>
  );
}

function Match({ rule, n, draft, invalid, onEdit }: Props) {
  const t = useTranslations("uiRoutes.form");
  const wrong = invalid ? (true as const) : undefined;
  if (draft.protocol === "tls") return <p className="py-1.5 text-table">{t("tlsRule")}</p>;
  if (draft.protocol === "grpc") {
    return (
      <div className="grid grid-cols-2 gap-2 max-md:grid-cols-1">
        <TextInput
          mono
          aria-label={t("grpcService", { n })}
          aria-invalid={wrong}
          placeholder="shop.Cart"
          value={rule.grpcService}
          onChange={(event) => onEdit({ grpcService: event.target.value })}
        />
        <TextInput
          mono
          aria-label={t("grpcMethod", { n })}
          placeholder={t("anyGrpcMethod")}
          value={rule.grpcMethod}
          onChange={(event) => onEdit({ grpcMethod: event.target.value })}
        />
      </div>
    );
  }
  return (
    <div className="grid grid-cols-[100px_104px_minmax(0,1fr)] gap-2 max-md:grid-cols-2">
      <SelectInput aria-label={t("method", { n })} value={rule.method} onChange={(event) => onEdit({ method: event.target.value })}>
        <option value="">{t("anyMethod")}</option>
        {METHODS.map((method) => (
          <option key={method}>{method}</option>
        ))}
      </SelectInput>
      <SelectInput
        aria-label={t("pathType", { n })}
        value={rule.pathType}
        onChange={(event) => onEdit({ pathType: PATH_TYPES.find((type) => type === event.target.value) ?? "prefix" })}
      >
        {PATH_TYPES.map((type) => (
          <option key={type} value={type}>
            {t(`pathTypes.${type}`)}
          </option>
        ))}
      </SelectInput>
      <span className="min-w-0 max-md:col-span-2">
        <TextInput
          mono
          aria-label={t("path", { n })}
          aria-invalid={wrong}
          disabled={rule.pathType === "any"}
          maxLength={200}
          value={rule.pathType === "any" ? "" : rule.path}
          onChange={(event) => onEdit({ path: event.target.value })}
        />
      </span>
    </div>
  );
}

const PATH_TYPES = ["prefix", "exact", "any"] as const;

function Headers({ n, rule, onEdit }: Pick<Props, "n" | "rule" | "onEdit">) {
  const t = useTranslations("uiRoutes.form");
  const edit = (key: string, patch: Partial<HeaderDraft>) =>
    onEdit({ headers: rule.headers.map((header) => (header.key === key ? { ...header, ...patch } : header)) });
  return (
    <div className="grid gap-1.5">
      {rule.headers.map((header) => (
        <div key={header.key} className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)_28px] items-center gap-2">
          <TextInput
            dense
            mono
            aria-label={t("headerName", { n })}
            placeholder="x-tier"
            maxLength={100}
            value={header.name}
            onChange={(event) => edit(header.key, { name: event.target.value })}
          />
          <span aria-hidden="true" className="text-muted">
            =
          </span>
          <TextInput
            dense
            mono
            aria-label={t("headerValue", { n })}
            placeholder="batch"
            maxLength={200}
            value={header.value}
            onChange={(event) => edit(header.key, { value: event.target.value })}
          />
          <IconButton
            label={t("removeHeader", { name: header.name })}
            onClick={() => onEdit({ headers: rule.headers.filter(({ key }) => key !== header.key) })}
          >
            <X size={14} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      {rule.headers.length < MOST_HEADERS && (
        <div className="-ml-2">
          <Button
            size="small"
            variant="quiet"
            icon={<Plus size={14} aria-hidden="true" />}
            onClick={() => onEdit({ headers: [...rule.headers, { key: crypto.randomUUID(), name: "", value: "" }] })}
          >
            {t("addHeader")}
          </Button>
        </div>
      )}
    </div>
  );
}
