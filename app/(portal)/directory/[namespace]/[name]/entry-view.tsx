"use client";
import { AskToCall } from "../../../../../components/routes/ask-to-call.tsx";
import { RouteConsumers } from "../../../../../components/routes/route-consumers.tsx";
import { DirectoryEntryPage } from "../../../../../components/topology/directory/directory-entry-page.tsx";

type Props = { readonly namespace: string; readonly name: string; readonly origin: string; readonly ownTeams: readonly string[] };

/** The page of a service with the parts that routes share with it: one way to ask, one list of consumers. */
export function EntryView({ ownTeams, ...page }: Props) {
  return (
    <DirectoryEntryPage
      {...page}
      ask={(entry) =>
        (entry.can.askToCall || entry.limited) && <AskToCall route={entry} ownTeams={ownTeams} refusal={entry.can.whyNotAskToCall} isMain />
      }
      consumers={(entry) => <RouteConsumers consumers={entry.consumers} />}
    />
  );
}
