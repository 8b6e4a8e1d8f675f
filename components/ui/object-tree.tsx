"use client";
import clsx from "clsx";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { Age } from "./age.tsx";
import { type ElbowReach, elbowReach, isBad, sortConditions, type TreeObject, type TreeRow, toTreeRows } from "./object-rows.ts";
import { StatusGlyph } from "./status-glyph.tsx";

type Props = { readonly objects: readonly TreeObject[]; readonly label: string };

/** The objects of a cluster. Arrows move and open, Enter shows an object's conditions, `*` opens everything; bad ones start open. */
export function ObjectTree({ objects, label }: Props) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [current, setCurrent] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const rows = toTreeRows(objects, closed);
  const focused = rows.find(({ object }) => object.id === current) ?? rows[0];
  const isOpen = ({ object, hasChildren }: TreeRow) =>
    object.conditions.length > 0 && (chosen.get(object.id) ?? (isBad(object.glyph) && !hasChildren));
  const toggle = (row: TreeRow) => setChosen(new Map([...chosen, [row.object.id, !isOpen(row)]]));

  const focusAt = (at: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, at))];
    if (row === undefined) return;
    setCurrent(row.object.id);
    tree.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(row.object.id)}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (focused === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.indexOf(focused);
    const { id, parent } = focused.object;
    const act: Partial<Record<string, () => void>> = {
      ArrowDown: () => focusAt(at + 1),
      ArrowUp: () => focusAt(at - 1),
      Home: () => focusAt(0),
      End: () => focusAt(rows.length - 1),
      ArrowRight: () => (closed.has(id) ? setClosed(without(closed, id)) : focusAt(focused.hasChildren ? at + 1 : at)),
      ArrowLeft: () =>
        focused.hasChildren && !closed.has(id)
          ? setClosed(new Set([...closed, id]))
          : focusAt(rows.findIndex(({ object }) => object.id === parent)),
      Enter: () => toggle(focused),
      " ": () => toggle(focused),
      "*": () => {
        setClosed(new Set());
        setChosen(new Map(objects.map((object) => [object.id, true])));
      },
    };
    const action = act[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  return (
    <div ref={tree} role="tree" aria-label={label} onKeyDown={onKeyDown} className="text-table">
      {rows.map((row, at) => (
        <Node
          key={row.object.id}
          row={row}
          focusable={row === focused}
          reach={elbowReach(rows, at, isOpen)}
          open={isOpen(row)}
          closed={closed.has(row.object.id)}
          onFocus={() => setCurrent(row.object.id)}
          onToggle={() => toggle(row)}
        />
      ))}
    </div>
  );
}

type NodeProps = {
  readonly row: TreeRow;
  readonly focusable: boolean;
  readonly reach: ElbowReach;
  readonly open: boolean;
  readonly closed: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
};

function Node({ row: { object, level, hasChildren, position, siblings }, focusable, reach, open, closed, onFocus, onToggle }: NodeProps) {
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <div
      role="treeitem"
      data-node={object.id}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={hasChildren ? !closed : object.conditions.length > 0 ? open : undefined}
      tabIndex={focusable ? 0 : -1}
      onFocus={onFocus}
      className="border-line-soft border-b -outline-offset-2"
    >
      <div
        onClick={onToggle}
        className="grid cursor-pointer grid-cols-[minmax(0,1fr)_minmax(0,250px)_64px] items-center gap-3 py-[5px] hover:bg-hover max-md:grid-cols-[minmax(0,1fr)_auto]"
      >
        <span className="relative flex min-w-0 items-center gap-2" style={{ paddingInlineStart: `${(level - 1) * 24}px` }}>
          <Elbow level={level} reach={reach} />
          <StatusGlyph glyph={object.glyph} />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <span className="text-muted">{object.ref.kind}</span> <span className="font-mono text-[12px]">{object.ref.name}</span>
          </span>
          {object.conditions.length > 0 && <Chevron size={14} aria-hidden="true" className="flex-none text-muted" />}
        </span>
        <span
          title={object.summary}
          className="truncate text-muted max-md:order-3 max-md:col-span-2 max-md:whitespace-normal max-md:pl-[22px]"
        >
          {object.summary}
        </span>
        <span className="text-right text-muted">{object.at !== null && <Age at={object.at} form="span" />}</span>
      </div>
      {open && <Conditions object={object} level={level} />}
    </div>
  );
}

/** The line up to the sibling before, or to just below the parent. */
function Elbow({ level, reach: { rows, toParent } }: { readonly level: number; readonly reach: ElbowReach }) {
  if (level === 1) return null;
  const height = `calc((var(--tr-lead-table) + 11px) * ${rows} - ${toParent ? 9 : 0}px)`;
  return (
    <span
      aria-hidden="true"
      className="absolute bottom-1/2 w-2.5 rounded-bl border-line-strong border-b border-l"
      style={{ insetInlineStart: `${(level - 1) * 24 - 17}px`, height }}
    />
  );
}

function Conditions({ object, level }: { readonly object: TreeObject; readonly level: number }) {
  const t = useTranslations("uiKit.tree");
  return (
    <div className="bg-canvas py-2" style={{ paddingInlineStart: `${(level - 1) * 24 + 22}px` }}>
      <table aria-label={t("conditions", { name: object.ref.name })} className="w-full text-[12px]/4">
        <tbody>
          {sortConditions(object.conditions).map(({ type, glyph, status, reason, message, at }) => (
            <tr key={type} className="align-top max-md:grid max-md:grid-cols-[22px_minmax(0,1fr)_auto]">
              <td className="w-[22px] py-[3px]">
                <StatusGlyph glyph={glyph} size={12} />
              </td>
              <td className="w-[220px] py-[3px] pr-3 font-mono [overflow-wrap:anywhere] max-md:w-auto">{type}</td>
              <td className="w-[70px] py-[3px] pr-3">{status}</td>
              <td className={clsx("py-[3px] pr-3 text-muted [overflow-wrap:anywhere] max-md:col-start-2")}>
                {[reason, message].filter(Boolean).join(": ")}
              </td>
              <td className="w-[64px] py-[3px] text-right text-muted">{at !== null && <Age at={at} form="span" />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function without(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...set].filter((one) => one !== id));
}
