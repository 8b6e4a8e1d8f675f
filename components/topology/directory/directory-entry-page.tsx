"use client";
import { Route as RouteIcon, ScrollText, Terminal, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { paths } from "../../../lib/paths.ts";
import { LiveObject } from "../../live/live-object.tsx";
import { queryKeys } from "../../live/query-keys.ts";
import { Age } from "../../ui/age.tsx";
import { Button } from "../../ui/button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { CommandTwin } from "../../ui/command-twin.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Dot, PageHead } from "../../ui/page-head.tsx";
import { Row, Rows } from "../../ui/rows.tsx";
import { Section } from "../../ui/section.tsx";
import { StatusAges } from "../../ui/status-ages.tsx";
import { StatusSentence } from "../../ui/status-sentence.tsx";
import { useJoined } from "../../ui/use-joined.ts";
import { UserText } from "../../ui/user-text.tsx";
import { CallSnippets } from "./call-snippets.tsx";
import { CallSteps } from "./call-steps.tsx";
import { entryCommands } from "./directory-commands.ts";
import type { ShownEntry } from "./directory-data.ts";
import { useOwnerWords } from "./use-owner-words.ts";

type Props = {
  readonly namespace: string;
  readonly name: string;
  readonly origin: string;
  /** Parts of other features that the page's owner puts in: the way to ask, the list of consumers, further ways on. */
  readonly ask: (entry: ShownEntry) => ReactNode;
  readonly consumers: (entry: ShownEntry) => ReactNode;
  readonly more?: (entry: ShownEntry) => ReactNode;
};

/** One callable service: what a caller must know, who may call, and whom to ask. */
export function DirectoryEntryPage(props: Props) {
  const t = useTranslations("uiDirectory.entry");
  return (
    <LiveObject
      query={queryKeys.directoryEntry(props.namespace, props.name)}
      words={{ errorTitle: t("errorTitle"), gone: t("gone"), back: t("notFoundAction") }}
      listHref={paths.directory()}
      head={(entry) => <PageHead title={entry.name} facts={<Headline entry={entry} />} />}
    >
      {(entry) => <Loaded {...props} entry={entry} />}
    </LiveObject>
  );
}

function Loaded(props: Props & { readonly entry: ShownEntry }) {
  const { entry } = props;
  return (
    <>
      <PageHead title={entry.name} facts={<Headline entry={entry} />} actions={<Actions {...props} />} />
      <StatusSentence glyph={entry.glyph} sentence={entry.sentence} note={<StatusAges since={null} evidenceAt={entry.evidenceAt} />} />
      {entry.description !== null && (
        <p className="mt-4 max-w-[72ch] text-pretty">
          <UserText>{entry.description}</UserText>
        </p>
      )}
      <div className="mt-7 grid grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)] items-start gap-x-10 gap-y-8 max-lg:grid-cols-1 [&>*]:min-w-0">
        <div>
          <CallSteps steps={entry.steps} />
          <CallSnippets snippets={entry.snippets} signed={entry.signed} />
        </div>
        <div>
          <AllowedCallers callers={entry.callers} />
          <div className="mt-8">{props.consumers(entry)}</div>
          <AccessLogs logs={entry.accessLogs} />
          <ServiceFacts entry={entry} />
        </div>
      </div>
    </>
  );
}

function Headline({ entry }: { readonly entry: ShownEntry }) {
  const t = useTranslations("uiDirectory");
  const joined = useJoined();
  const ownerOf = useOwnerWords();
  const facts = [
    t(`protocol.${entry.protocol}`),
    t("entry.owner", { owner: ownerOf(entry) }),
    ...(entry.networks.length === 0 ? [] : [t("entry.inNetworks", { count: entry.networks.length, networks: joined(entry.networks) })]),
    ...(entry.source === "lattice" ? [t("entry.outside")] : []),
  ];
  return facts.map((text, at) => (
    <span key={text}>
      {at > 0 && <Dot />}
      {text}
    </span>
  ));
}

function Actions({ entry, origin, ask, more }: Props & { readonly entry: ShownEntry }) {
  const t = useTranslations("uiDirectory.entry");
  const [command, setCommand] = useState(false);
  return (
    <>
      <Button variant="quiet" icon={<Terminal size={16} aria-hidden="true" />} onClick={() => setCommand(true)}>
        {t("command")}
      </Button>
      {more?.(entry)}
      {entry.source === "route" && (
        <ButtonLink href={paths.route(entry.namespace, entry.name)} icon={<RouteIcon size={16} aria-hidden="true" />}>
          {t("openRoute")}
        </ButtonLink>
      )}
      {ask(entry)}
      <Dialog open={command} onOpenChange={setCommand} wide title={t("command")}>
        <CommandTwin label={t("command")} lines={entryCommands(origin, entry)} />
      </Dialog>
    </>
  );
}

function AllowedCallers({ callers }: Pick<ShownEntry, "callers">) {
  const t = useTranslations("uiDirectory.entry");
  return (
    <Section title={t("mayCall")} note={t("mayCallHint")}>
      <Rows label={t("mayCall")}>
        {callers.map((words) => (
          <Row key={words} top dense>
            <UserRound size={14} aria-hidden="true" className="mt-[3px] flex-none text-faint" />
            <span className="min-w-0 [overflow-wrap:anywhere]">{words}</span>
          </Row>
        ))}
      </Rows>
    </Section>
  );
}

function AccessLogs({ logs }: { readonly logs: ShownEntry["accessLogs"] }) {
  const t = useTranslations("uiDirectory.entry");
  if (logs === null) return null;
  return (
    <Section title={t("accessLogs")} note={t(`logs.${logs.state}`)}>
      <p className="flex gap-3 py-2 text-table">
        <ScrollText size={14} aria-hidden="true" className="mt-[3px] flex-none text-faint" />
        <span className="min-w-0 [overflow-wrap:anywhere]">{logs.sentence}</span>
      </p>
    </Section>
  );
}

function ServiceFacts({ entry }: { readonly entry: ShownEntry }) {
  const t = useTranslations("uiDirectory");
  const joined = useJoined();
  const ownerOf = useOwnerWords();
  return (
    <Section title={t("entry.facts")}>
      <div className="pt-2.5">
        <Facts
          rows={[
            { label: t("entry.ownerLabel"), value: ownerOf(entry) },
            { label: t("entry.domain"), value: entry.domainName === null ? null : <code>{entry.domainName}</code> },
            { label: t("entry.networks"), value: entry.networks.length === 0 ? null : joined(entry.networks) },
            {
              label: t("entry.targets"),
              value: entry.targets.length === 0 ? null : joined(entry.targets.map((kind) => t(`target.${kind}`))),
            },
            {
              label: t("entry.visibility"),
              value: t(entry.source === "lattice" ? "visibility.networks" : `visibility.${entry.visibility}`),
            },
            { label: t("entry.changed"), value: entry.changedAt === null ? null : <Age at={entry.changedAt} /> },
          ]}
        />
      </div>
      {entry.limited && entry.source === "route" && <p className="mt-3 text-caption text-muted">{t("entry.limited")}</p>}
    </Section>
  );
}
