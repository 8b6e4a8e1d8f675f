"use client";
import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Mutability } from "../../lib/domain/clusters/blueprint.ts";
import { Button } from "../ui/button.tsx";
import { FormGroup } from "../ui/form-group.tsx";
import { Hint } from "../ui/hint.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { SelectInput, TextInput } from "../ui/input.tsx";
import { MutabilityMark } from "../ui/mutability-mark.tsx";
import { type ClusterDraft, newPool, type PoolDraft } from "./cluster-draft.ts";
import type { FormPart } from "./form-options.ts";
import type { ShownBlueprint } from "./shown-blueprint.ts";

type Props = FormPart<ClusterDraft> & { readonly blueprint: ShownBlueprint };

/** The node pools as a table: what is replaced, what can be edited later, and the words of whoever refuses a value under its row. */
export function PoolFields({ draft, change, errorsOf, blueprint }: Props) {
  const t = useTranslations("uiClusters.new");
  const { poolCount } = blueprint.fields;
  const edit = (key: string, patch: Partial<PoolDraft>) =>
    change({ pools: draft.pools.map((pool) => (pool.key === key ? { ...pool, ...patch } : pool)) });
  const full = draft.pools.length >= poolCount.max;
  return (
    <FormGroup title={t("pools")} note={t("poolsHint", { min: poolCount.min, max: poolCount.max })}>
      <div className="grid gap-5">
        {draft.pools.map((pool, at) => (
          <PoolRow
            key={pool.key}
            pool={pool}
            at={at}
            blueprint={blueprint}
            errorsOf={errorsOf}
            onEdit={(patch) => edit(pool.key, patch)}
            onRemove={
              draft.pools.length > poolCount.min ? () => change({ pools: draft.pools.filter(({ key }) => key !== pool.key) }) : null
            }
          />
        ))}
      </div>
      {errorsOf("pools").map((text) => (
        <Hint key={text} tone="error">
          {text}
        </Hint>
      ))}
      <div>
        <Button
          size="small"
          icon={<Plus size={14} aria-hidden="true" />}
          refusal={full ? t("poolLimit", { max: poolCount.max }) : null}
          onClick={() => change({ pools: [...draft.pools, newPool(blueprint, "")] })}
        >
          {t("addPool")}
        </Button>
      </div>
    </FormGroup>
  );
}

type RowProps = {
  readonly pool: PoolDraft;
  readonly at: number;
  readonly blueprint: ShownBlueprint;
  readonly errorsOf: (path: string) => readonly string[];
  readonly onEdit: (patch: Partial<PoolDraft>) => void;
  readonly onRemove: (() => void) | null;
};

const NUMBERS = ["min", "desired", "max", "diskSizeGiB"] as const;

function PoolRow({ pool, at, blueprint, errorsOf, onEdit, onRemove }: RowProps) {
  const t = useTranslations("uiClusters.new");
  const { instanceType, capacityType, nodesPerPool, diskSizeGiB } = blueprint.fields;
  const path = (field: string) => `pools.${at}.${field}`;
  const control = (field: string) => ({
    id: `pool-${pool.key}-${field}`,
    "aria-invalid": errorsOf(path(field)).length > 0 ? (true as const) : undefined,
    "aria-describedby": `pool-${pool.key}-errors`,
  });
  const mutability: Readonly<Record<(typeof NUMBERS)[number], Mutability>> = {
    min: nodesPerPool.mutability,
    desired: nodesPerPool.mutability,
    max: nodesPerPool.mutability,
    diskSizeGiB: diskSizeGiB.mutability,
  };
  const errors = ["name", "instanceType", "capacityType", ...NUMBERS].flatMap((field) => errorsOf(path(field)));
  return (
    <fieldset className="grid gap-2 border-line-soft border-b pb-4 last:border-b-0 last:pb-0">
      <legend className="sr-only">{t("pool.row", { number: at + 1 })}</legend>
      <div className="grid grid-cols-[minmax(0,1.1fr)_minmax(0,1.1fr)_minmax(0,1fr)_28px] items-end gap-3 max-md:grid-cols-2">
        <Cell id={control("name").id} label={t("pool.name")} mutability="fixed">
          <TextInput
            {...control("name")}
            mono
            value={pool.name}
            maxLength={40}
            onChange={(event) => onEdit({ name: event.target.value })}
          />
        </Cell>
        <Cell id={control("instanceType").id} label={t("pool.instanceType")} mutability={instanceType.mutability}>
          <SelectInput
            {...control("instanceType")}
            value={pool.instanceType}
            onChange={(event) => onEdit({ instanceType: event.target.value })}
          >
            {instanceType.choices.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </SelectInput>
        </Cell>
        <Cell id={control("capacityType").id} label={t("pool.capacityType")} mutability={capacityType.mutability}>
          <SelectInput
            {...control("capacityType")}
            value={pool.capacityType}
            onChange={(event) => onEdit({ capacityType: event.target.value })}
          >
            {capacityType.choices.map((choice) => (
              <option key={choice} value={choice}>
                {t(`capacity.${choice}`)}
              </option>
            ))}
          </SelectInput>
        </Cell>
        {onRemove === null ? (
          <span />
        ) : (
          <IconButton label={t("pool.remove", { name: pool.name })} onClick={onRemove}>
            <Trash2 size={14} aria-hidden="true" />
          </IconButton>
        )}
      </div>
      <div className="grid grid-cols-4 gap-3 max-md:grid-cols-2">
        {NUMBERS.map((field) => (
          <Cell key={field} id={control(field).id} label={t(`pool.${field}`)} mutability={mutability[field]}>
            <TextInput
              {...control(field)}
              inputMode="numeric"
              value={pool[field]}
              onChange={(event) => onEdit({ [field]: event.target.value })}
            />
          </Cell>
        ))}
      </div>
      <div id={`pool-${pool.key}-errors`} aria-live="polite" className="grid gap-1 empty:hidden">
        {errors.map((text) => (
          <Hint key={text} tone="error">
            {text}
          </Hint>
        ))}
      </div>
    </fieldset>
  );
}

function Cell({
  id,
  label,
  mutability,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly mutability: Mutability;
  readonly children: ReactNode;
}) {
  return (
    <div className="grid min-w-0 gap-1">
      <div className="grid justify-items-start text-caption">
        <label htmlFor={id}>{label}</label>
        <MutabilityMark mutability={mutability} />
      </div>
      {children}
    </div>
  );
}
