"use client";
import { useTranslations } from "next-intl";
import { Field } from "../ui/field.tsx";
import { FieldPair, FormGroup } from "../ui/form-group.tsx";
import type { HintTone } from "../ui/hint.tsx";
import { SelectInput, TextInput } from "../ui/input.tsx";
import { PurposeField } from "../ui/purpose-field.tsx";
import { healthForProtocol, type RouteDraft } from "./route-draft.ts";
import { listenersFor, type RouteFormOptions } from "./route-form-options.ts";

type Props = {
  readonly draft: RouteDraft;
  readonly change: (patch: Partial<RouteDraft>) => void;
  readonly errorsOf: (path: string) => readonly string[];
  readonly options: RouteFormOptions;
  readonly nameVerdict: { readonly tone: HintTone; readonly text: string } | undefined;
  /** The route exists: what is fixed for life can only be read. */
  readonly exists: boolean;
  readonly tried: boolean;
};

const PROTOCOLS = ["http", "grpc", "tls"] as const;

/** What it is called, in which network and on which listener it is found, and who sees it. */
export function PublishFields({ draft, change, errorsOf, options, nameVerdict, exists, tried }: Props) {
  const t = useTranslations("uiRoutes.form");
  const visibility = useTranslations("uiRoutes.visibility");
  const networks = options.networks.filter(({ publishers }) => publishers.includes(draft.team));
  const network = options.networks.find(({ name }) => name === draft.network);
  const listeners = listenersFor(network, draft.protocol);
  const withProtocol = (protocol: RouteDraft["protocol"], name = draft.network) => ({
    network: name,
    protocol,
    health: healthForProtocol(draft, protocol),
    listener:
      listenersFor(
        options.networks.find((one) => one.name === name),
        protocol,
      )[0]?.name ?? "",
  });
  return (
    <FormGroup title={t("publishAs")}>
      <PurposeField value={draft.purpose} onChange={(purpose) => change({ purpose })} tried={tried} errors={errorsOf("purpose")} />
      {(options.teams.length > 1 || exists) && (
        <Field label={t("team")} mutability="fixed" errors={errorsOf("team")}>
          {(control) => (
            <SelectInput {...control} value={draft.team} disabled={exists} onChange={(event) => change({ team: event.target.value })}>
              {[...new Set([draft.team, ...options.teams])].map((team) => (
                <option key={team}>{team}</option>
              ))}
            </SelectInput>
          )}
        </Field>
      )}
      <FieldPair>
        <Field
          label={t("name")}
          mutability="fixed"
          help={t("nameHint")}
          errors={errorsOf("name").length > 0 ? errorsOf("name") : tried && draft.name.trim() === "" ? [t("nameMissing")] : undefined}
          verdict={nameVerdict}
        >
          {(control) => (
            <TextInput
              {...control}
              mono
              name="name"
              maxLength={40}
              readOnly={exists}
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("network")} mutability="fixed" errors={errorsOf("network")} help={network?.sentence}>
          {(control) => (
            <SelectInput
              {...control}
              value={draft.network}
              disabled={exists}
              onChange={(event) => change(withProtocol(draft.protocol, event.target.value))}
            >
              {draft.network === "" && <option value="">{t("chooseNetwork")}</option>}
              {[...new Set([...networks.map(({ name }) => name), ...(draft.network === "" ? [] : [draft.network])])].map((name) => (
                <option key={name}>{name}</option>
              ))}
            </SelectInput>
          )}
        </Field>
      </FieldPair>
      <FieldPair>
        <Field label={t("protocol")} mutability="fixed" errors={errorsOf("protocol")}>
          {(control) => (
            <SelectInput
              {...control}
              value={draft.protocol}
              disabled={exists}
              onChange={(event) => change(withProtocol(PROTOCOLS.find((one) => one === event.target.value) ?? "http"))}
            >
              {PROTOCOLS.map((protocol) => (
                <option key={protocol} value={protocol}>
                  {t(`protocols.${protocol}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </Field>
        <Field
          label={t("listener")}
          mutability="editable"
          errors={errorsOf("listener")}
          help={listeners.length === 0 ? t("noListener") : undefined}
        >
          {(control) => (
            <SelectInput {...control} value={draft.listener} onChange={(event) => change({ listener: event.target.value })}>
              {listeners.map(({ name, protocol, port }) => (
                <option key={name} value={name}>{`${name} · ${protocol} ${port}`}</option>
              ))}
              {listeners.every(({ name }) => name !== draft.listener) && <option>{draft.listener}</option>}
            </SelectInput>
          )}
        </Field>
      </FieldPair>
      <FieldPair>
        <Field
          label={t("hostname")}
          mutability="fixed"
          errors={errorsOf("hostname")}
          help={t(draft.protocol === "tls" ? "hostnameNeeded" : "hostnameHint")}
        >
          {(control) => (
            <TextInput
              {...control}
              mono
              placeholder="orders.int.example.com"
              readOnly={exists}
              value={draft.hostname}
              onChange={(event) => change({ hostname: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("serviceName")} mutability="fixed" errors={errorsOf("serviceName")} help={t("serviceNameHint")}>
          {(control) => (
            <TextInput
              {...control}
              mono
              maxLength={40}
              readOnly={exists}
              value={draft.serviceName}
              onChange={(event) => change({ serviceName: event.target.value })}
            />
          )}
        </Field>
      </FieldPair>
      <FieldPair>
        <Field label={t("visibility")} mutability="editable" errors={errorsOf("visibility")} help={t("visibilityHint")}>
          {(control) => (
            <SelectInput
              {...control}
              value={draft.visibility}
              onChange={(event) => change({ visibility: event.target.value === "team" ? "team" : "organisation" })}
            >
              {(["organisation", "team"] as const).map((choice) => (
                <option key={choice} value={choice}>
                  {visibility(choice)}
                </option>
              ))}
            </SelectInput>
          )}
        </Field>
        <Field label={t("description")} mutability="editable" errors={errorsOf("description")} help={t("descriptionHint")}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={500}
              value={draft.description}
              onChange={(event) => change({ description: event.target.value })}
            />
          )}
        </Field>
      </FieldPair>
    </FormGroup>
  );
}
