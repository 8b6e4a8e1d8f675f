import type { Metadata } from "next";
import { entry, Hydrated } from "../../../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../../../components/live/query-keys.ts";
import { portal } from "../../../../../lib/server/composition.ts";
import { readForPage } from "../../../../../lib/server/read-page.ts";
import { whoAmI } from "../../../../../lib/services/tenancy/who-am-i.ts";
import { getDirectoryEntry } from "../../../../../lib/services/topology/get-directory-entry.ts";
import { EntryView } from "./entry-view.tsx";

type Props = { readonly params: Promise<{ readonly namespace: string; readonly name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function DirectoryEntryPage({ params }: Props) {
  const { namespace, name } = await params;
  const [view, me] = await Promise.all([readForPage(getDirectoryEntry, { namespace, name }), readForPage(whoAmI, {})]);
  return (
    <Hydrated entries={[entry(queryKeys.directoryEntry(namespace, name), view)]}>
      <EntryView
        key={`${namespace}/${name}`}
        namespace={namespace}
        name={name}
        origin={portal().settings.baseUrl}
        ownTeams={me.teams.map(({ id }) => id)}
      />
    </Hydrated>
  );
}
