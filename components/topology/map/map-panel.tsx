"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { paths } from "../../../lib/paths.ts";
import { Age } from "../../ui/age.tsx";
import { Button } from "../../ui/button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import { Section } from "../../ui/section.tsx";
import { Status } from "../../ui/status.tsx";
import { StatusGlyph } from "../../ui/status-glyph.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useJoined } from "../../ui/use-joined.ts";
import { type MapAddress, withInput } from "./map-address.ts";
import type { ShownNode, ShownTopology } from "./map-view.ts";
import { type ListedNode, listsOf, placeOf } from "./node-lists.ts";
import { factValue, hrefOf } from "./node-words.ts";
import { PanelImpact } from "./panel-impact.tsx";

type Props = {
  readonly view: ShownTopology;
  readonly node: ShownNode;
  readonly address: MapAddress;
  readonly onSelect: (id: string | null) => void;
  readonly onInput: (input: MapAddress["input"]) => void;
};

/** Everything about the selected node: what is wrong with it first, then what it has to do with others. */
export function MapPanel({ view, node, address, onSelect, onInput }: Props) {
  const t = useTranslations("uiMap");
  const joined = useJoined();
  const tt = useTranslations("topology");
  const href = hrefOf(node);
  const { input } = address;
  const place = placeOf(view, node.id);
  const isService = node.kind === "route" || node.kind === "lattice-service";
  return (
    <aside
      aria-label={node.name}
      className="overflow-y-auto border-line border-l bg-surface px-[18px] py-4 max-md:border-t max-md:border-l-0 md:absolute md:inset-0"
    >
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 font-semibold text-lead [overflow-wrap:anywhere]">{node.name}</h2>
        <Tag>{t(`kind.${node.kind}`)}</Tag>
        <span className="ml-auto">
          <IconButton label={t("closePanel")} onClick={() => onSelect(null)}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <p className="mt-1">
        <Status glyph={node.glyph}>{t(`glyph.${node.glyph}`)}</Status>
      </p>
      <p className="mt-1 text-muted text-table" role="status">
        {node.sentence} {node.at !== null && <Age at={node.at} />}
      </p>
      {node.findings.length > 0 && (
        <ul className="mt-2 grid gap-1 text-table">
          {node.findings.map((finding) => (
            <li key={finding} className="flex gap-1.5">
              <StatusGlyph glyph="attention" className="mt-[3px]" />
              {finding}
            </li>
          ))}
        </ul>
      )}
      <div className="mt-2.5 flex flex-wrap gap-2">
        {href !== null && (
          <ButtonLink href={href} size="small">
            {t(`open.${node.kind}`)}
          </ButtonLink>
        )}
        {isService && node.ref !== null && (
          <ButtonLink href={paths.reach({ service: `${node.ref.namespace}/${node.ref.name}` })} size="small">
            {t("canCall")}
          </ButtonLink>
        )}
        <CopyButton text={node.name} label={t("copyName")} />
      </div>
      <div className="mt-2 flex flex-wrap gap-2">
        {input.focus === node.id ? (
          <Button size="small" variant="quiet" onClick={() => onInput(withInput(input, { focus: "", depth: "" }))}>
            {t("unfocus")}
          </Button>
        ) : (
          <Button size="small" variant="quiet" onClick={() => onInput(withInput(input, { focus: node.id }))}>
            {t("focus")}
          </Button>
        )}
        <FoldButtons view={view} node={node} input={input} onInput={onInput} />
      </div>
      {node.folded !== null && (
        <p className="mt-2 text-caption text-muted">
          {t("foldedHere", { count: node.folded.count })}{" "}
          {joined(Object.entries(node.folded.byGlyph).map(([glyph, count]) => t("foldedGlyph", { count, word: t(`glyph.${glyph}`) })))}
        </p>
      )}
      {listsOf(view, node.id).map(({ name, rows }) => (
        <div key={name} className="mt-[22px]">
          <Section title={t(`list.${name}`)} note={rows.length > 4 ? String(rows.length) : undefined} flush>
            <Rows label={t(`list.${name}`)}>
              {rows.map((row) => (
                <ListedRow key={row.node.id} row={row} onSelect={onSelect} />
              ))}
            </Rows>
          </Section>
        </div>
      ))}
      <div className="mt-[22px]">
        <PanelImpact id={node.id} />
      </div>
      <div className="mt-[22px]">
        <Section title={t("facts")} flush>
          <div className="pt-1">
            <Facts
              rows={[
                { label: t("owner"), value: node.team },
                ...place.map((outer) => ({ label: t(`kind.${outer.kind}`), value: <NameButton node={outer} onSelect={onSelect} /> })),
                ...node.facts.map((fact) => ({
                  label: tt(`fact.${fact.key}`),
                  value: <span className="font-mono text-[12px]">{factValue(fact, (kind) => tt(`targetKind.${kind}`))}</span>,
                })),
                { label: t("checked"), value: node.at === null ? t("never") : <Age at={node.at} /> },
              ]}
            />
          </div>
        </Section>
      </div>
      <div className="mt-[22px] max-md:hidden">
        <Section title={t("keys.title")} flush>
          <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-[5px] pt-1 text-table">
            <dt className="flex gap-1">
              <Kbd>←</Kbd> <Kbd>→</Kbd>
            </dt>
            <dd>{t("keys.row")}</dd>
            <dt className="flex gap-1">
              <Kbd>↑</Kbd> <Kbd>↓</Kbd>
            </dt>
            <dd>{t("keys.line")}</dd>
            <dt>
              <Kbd>P</Kbd>
            </dt>
            <dd>{t("keys.path")}</dd>
            <dt>
              <Kbd>W</Kbd>
            </dt>
            <dd>{t("keys.wall")}</dd>
          </dl>
        </Section>
      </div>
    </aside>
  );
}

function NameButton({ node, onSelect }: { readonly node: ShownNode; readonly onSelect: (id: string) => void }) {
  return (
    <button type="button" onClick={() => onSelect(node.id)} className="link text-left [overflow-wrap:anywhere]">
      {node.name}
    </button>
  );
}

function ListedRow({
  row: { node, glyph, weight, sentence },
  onSelect,
}: {
  readonly row: ListedNode;
  readonly onSelect: (id: string) => void;
}) {
  const t = useTranslations("uiMap");
  const joined = useJoined();
  const words = joined([node.note, weight === null ? null : `${Math.round(weight)}%`]);
  return (
    <Row dense>
      <StatusGlyph glyph={glyph} />
      <button
        type="button"
        onClick={() => onSelect(node.id)}
        className="min-w-0 flex-1 truncate text-left hover:underline"
        title={sentence}
      >
        {node.name}
      </button>
      <span className="flex-none text-muted tabular-nums">
        {glyph === "failed" ? t("blocked") : words === "" ? t(`glyph.${glyph}`) : words}
      </span>
    </Row>
  );
}

function FoldButtons({ view, node, input, onInput }: Pick<Props, "view" | "node" | "onInput"> & { readonly input: MapAddress["input"] }) {
  const t = useTranslations("uiMap");
  const { expand = [], collapse = [] } = input;
  const without = (list: readonly string[]) => list.filter((id) => id !== node.id);
  const isClosed = collapse.includes(node.id);
  const hasParts = view.nodes.some(({ parent }) => parent === node.id);
  return (
    <>
      {(node.folded !== null || isClosed) && (
        <Button
          size="small"
          variant="quiet"
          onClick={() =>
            onInput(withInput(input, { collapse: without(collapse), expand: isClosed ? expand : [...without(expand), node.id] }))
          }
        >
          {t("unfold")}
        </Button>
      )}
      {!isClosed && (hasParts || node.kind === "network") && (
        <Button
          size="small"
          variant="quiet"
          onClick={() => onInput(withInput(input, { expand: without(expand), collapse: [...collapse, node.id] }))}
        >
          {t("fold")}
        </Button>
      )}
    </>
  );
}
