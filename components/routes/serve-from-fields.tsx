"use client";
import { Plus, RotateCw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Age } from "../ui/age.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { FormGroup } from "../ui/form-group.tsx";
import { Hint } from "../ui/hint.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { SelectInput } from "../ui/input.tsx";
import type { CallingCluster } from "./caller-fields.tsx";
import type { ShownKubeService } from "./route-data.ts";
import { newSide, type RouteDraft, type SideDraft } from "./route-draft.ts";
import { useKubeServices } from "./use-kube-services.ts";

type Props = {
  readonly draft: RouteDraft;
  readonly change: (patch: Partial<RouteDraft>) => void;
  /** Clusters of the owning team: they can provide. */
  readonly clusters: readonly CallingCluster[];
  readonly tried: boolean;
};

const MOST_SIDES = 10;

/** Which kubeServices answer: read live from the clusters of the team. */
export function ServeFromFields({ draft, change, clusters, tried }: Props) {
  const t = useTranslations("uiRoutes.form");
  const edit = (key: string, patch: Partial<SideDraft>) =>
    change({ sides: draft.sides.map((side) => (side.key === key ? { ...side, ...patch } : side)) });
  const remove = (gone: string) =>
    change({
      sides: draft.sides.filter(({ key }) => key !== gone),
      rules: draft.rules.map((rule) => ({
        ...rule,
        weights: Object.fromEntries(Object.entries(rule.weights).filter(([key]) => key !== gone)),
      })),
    });
  const add = () => {
    const side = { ...newSide(), cluster: clusters.length === 1 ? (clusters[0]?.key ?? "") : "" };
    // A new side starts in every rule with no calls: nothing moves until somebody gives it a weight.
    const rules = draft.rules.map((rule) => ({ ...rule, weights: { ...rule.weights, [side.key]: "0" } }));
    change({ sides: [...draft.sides, side], rules });
  };
  return (
    <FormGroup title={t("serveFrom")} note={t("serveFromHint")}>
      {draft.sides.map((side, at) => (
        <SideFields
          key={side.key}
          side={side}
          n={at + 1}
          protocol={draft.protocol}
          clusters={clusters}
          tried={tried}
          onEdit={(patch) => edit(side.key, patch)}
          onRemove={draft.sides.length > 1 ? () => remove(side.key) : null}
        />
      ))}
      <div>
        <Button
          size="small"
          icon={<Plus size={14} aria-hidden="true" />}
          refusal={draft.sides.length >= MOST_SIDES ? t("sideLimit", { max: MOST_SIDES }) : null}
          onClick={add}
        >
          {t("addSide")}
        </Button>
      </div>
    </FormGroup>
  );
}

type SideProps = {
  readonly side: SideDraft;
  readonly n: number;
  readonly protocol: RouteDraft["protocol"];
  readonly clusters: readonly CallingCluster[];
  readonly tried: boolean;
  readonly onEdit: (patch: Partial<SideDraft>) => void;
  readonly onRemove: (() => void) | null;
};

function SideFields({ side, n, protocol, clusters, tried, onEdit, onRemove }: SideProps) {
  const t = useTranslations("uiRoutes.form");
  const read = useKubeServices(side.cluster);
  const services = read.data?.items ?? [];
  const chosen = services.find(({ namespace, name }) => namespace === side.namespace && name === side.kubeService);
  const choose = (value: string) => {
    const [namespace = "", kubeService = ""] = value.split("/");
    const next = services.find((one) => one.namespace === namespace && one.name === kubeService);
    onEdit({
      namespace,
      kubeService,
      port: String((next === undefined ? undefined : (portFor(next, protocol) ?? next.ports[0]))?.port ?? ""),
    });
  };
  const better = chosen === undefined ? undefined : portFor(chosen, protocol);
  const missing = (value: string) => (tried && value === "" ? [t("choose")] : undefined);
  return (
    <fieldset className="grid gap-2">
      <legend className="sr-only">{t("side", { n })}</legend>
      {/* Labels, controls and hints share their rows: a label that wraps must not push its control below the others. */}
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.5fr)_minmax(0,.8fr)_28px] gap-x-3 max-md:grid-cols-1 max-md:gap-y-3 [&>div>:first-child]:self-end [&>div]:row-span-3 [&>div]:grid-rows-subgrid">
        <Field label={t("cluster")} mutability="editable" errors={missing(side.cluster)}>
          {(control) => (
            <SelectInput
              {...control}
              value={side.cluster}
              onChange={(event) => onEdit({ cluster: event.target.value, namespace: "", kubeService: "", port: "" })}
            >
              <option value="">{t("chooseCluster")}</option>
              {clusters.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
              {side.cluster !== "" && clusters.every(({ key }) => key !== side.cluster) && <option>{side.cluster}</option>}
            </SelectInput>
          )}
        </Field>
        <Field
          label={t("kubeService")}
          mutability="replace-only"
          errors={missing(side.kubeService)}
          verdict={chosen === undefined ? undefined : verdictOf(chosen, t)}
        >
          {(control) => (
            <SelectInput
              {...control}
              mono
              value={side.kubeService === "" ? "" : `${side.namespace}/${side.kubeService}`}
              disabled={side.cluster === ""}
              onChange={(event) => choose(event.target.value)}
            >
              <option value="">{read.isFetching && services.length === 0 ? t("reading") : t("chooseKubeService")}</option>
              {services.map((service) => (
                <option key={`${service.namespace}/${service.name}`} value={`${service.namespace}/${service.name}`}>
                  {`${service.name} · ${service.namespace}`}
                </option>
              ))}
              {side.kubeService !== "" && chosen === undefined && (
                <option value={`${side.namespace}/${side.kubeService}`}>{`${side.kubeService} · ${side.namespace}`}</option>
              )}
            </SelectInput>
          )}
        </Field>
        <Field label={t("port")} mutability="replace-only" errors={missing(side.port)}>
          {(control) => (
            <SelectInput
              {...control}
              value={side.port}
              disabled={side.kubeService === ""}
              onChange={(event) => onEdit({ port: event.target.value })}
            >
              {(chosen?.ports ?? []).map(({ port, name, protocol }) => (
                <option key={port} value={String(port)}>
                  {[port, name, protocol === "TCP" ? null : protocol].filter((part) => part !== null).join(" · ")}
                </option>
              ))}
              {(chosen === undefined || chosen.ports.every(({ port }) => String(port) !== side.port)) && <option>{side.port}</option>}
            </SelectInput>
          )}
        </Field>
        {onRemove !== null && (
          <span className="self-center md:col-start-4 md:row-start-2">
            <IconButton label={t("removeSide", { n })} onClick={onRemove}>
              <Trash2 size={14} aria-hidden="true" />
            </IconButton>
          </span>
        )}
      </div>
      {better !== undefined && side.port !== "" && String(better.port) !== side.port && (
        <div className="flex flex-wrap items-center gap-2">
          <Hint tone="warning">{t("portOther", { port: better.port, name: better.name ?? "" })}</Hint>
          <Button size="small" variant="quiet" onClick={() => onEdit({ port: String(better.port) })}>
            {t("usePort", { port: better.port })}
          </Button>
        </div>
      )}
      {side.cluster !== "" && <ReadState read={read} chosen={chosen} missing={side.kubeService !== "" && chosen === undefined} />}
    </fieldset>
  );
}

type ReadProps = {
  readonly read: ReturnType<typeof useKubeServices>;
  readonly chosen: ShownKubeService | undefined;
  readonly missing: boolean;
};

/** The four faces of the live reading: on its way, empty, not readable, and how old it is. */
function ReadState({ read, chosen, missing }: ReadProps) {
  const t = useTranslations("uiRoutes.form");
  if (read.isPending) return <Hint tone="asking">{t("reading")}</Hint>;
  if (read.data === undefined) {
    return (
      <div className="flex flex-wrap items-center gap-2" role="alert">
        <Hint tone="error">{t("notRead", { why: read.error.message })}</Hint>
        <Button size="small" variant="quiet" icon={<RotateCw size={14} aria-hidden="true" />} onClick={() => void read.refetch()}>
          {t("readAgain")}
        </Button>
      </div>
    );
  }
  return (
    <div className="grid gap-1">
      {read.data.items.length === 0 && <Hint tone="warning">{t("noKubeServices")}</Hint>}
      {missing && read.data.items.length > 0 && <Hint tone="error">{t("kubeServiceGone")}</Hint>}
      {chosen?.publishedBy !== null && chosen !== undefined && chosen.whyNot === null && (
        <Hint>{t("publishedBy", { by: chosen.publishedBy })}</Hint>
      )}
      <Hint>
        {t("readLive")} <Age at={new Date(read.dataUpdatedAt).toISOString()} />
        {read.isError && <> · {t("lastTryFailed")}</>}
      </Hint>
    </div>
  );
}

/** What the ports of a protocol are usually called (Kubernetes: the name of a port, or the part of it before a dash). */
const PORT_NAMES = { http: ["http", "web"], grpc: ["grpc"], tls: ["tls", "https"] } as const;

/** The port that by its name speaks this protocol. */
function portFor({ ports }: ShownKubeService, protocol: RouteDraft["protocol"]): ShownKubeService["ports"][number] | undefined {
  const names: readonly string[] = PORT_NAMES[protocol];
  return ports.find(({ name }) => name !== null && names.includes(name.split("-")[0] ?? ""));
}

function verdictOf(
  service: ShownKubeService,
  t: ReturnType<typeof useTranslations<"uiRoutes.form">>,
): { readonly tone: "ok" | "warning"; readonly text: string } {
  if (service.whyNot !== null) return { tone: "warning", text: service.whyNot };
  const ready = { ready: service.readyPods, total: service.totalPods };
  return { tone: service.readyPods > 0 && service.readyPods === service.totalPods ? "ok" : "warning", text: t("podsReady", ready) };
}
