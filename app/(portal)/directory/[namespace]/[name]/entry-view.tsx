"use client";
import { Waypoints } from "lucide-react";
import { useTranslations } from "next-intl";
import { AskToCall } from "../../../../../components/routes/ask-to-call.tsx";
import { RouteConsumers } from "../../../../../components/routes/route-consumers.tsx";
import { DirectoryEntryPage } from "../../../../../components/topology/directory/directory-entry-page.tsx";
import { ButtonLink } from "../../../../../components/ui/button-link.tsx";
import { paths } from "../../../../../lib/paths.ts";

type Props = { readonly namespace: string; readonly name: string; readonly origin: string; readonly ownTeams: readonly string[] };

/** The page of a service with the parts that routes share with it: one way to ask, one list of consumers. */
export function EntryView({ ownTeams, ...page }: Props) {
  const t = useTranslations("uiDirectory.entry");
  return (
    <DirectoryEntryPage
      {...page}
      ask={(entry) =>
        (entry.can.askToCall || entry.limited) && <AskToCall route={entry} ownTeams={ownTeams} refusal={entry.can.whyNotAskToCall} isMain />
      }
      more={({ namespace, name }) => (
        <ButtonLink
          href={paths.reach({ service: `${namespace}/${name}` })}
          variant="quiet"
          icon={<Waypoints size={16} aria-hidden="true" />}
        >
          {t("canCall")}
        </ButtonLink>
      )}
      consumers={(entry) => <RouteConsumers route={entry} />}
    />
  );
}
