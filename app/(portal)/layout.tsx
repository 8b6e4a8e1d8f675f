import { headers } from "next/headers";
import type { ReactNode } from "react";
import { entry, Hydrated } from "../../components/live/hydrated.tsx";
import { LiveProvider } from "../../components/live/live-provider.tsx";
import { managementKeys } from "../../components/live/management-keys.ts";
import { queryKeys } from "../../components/live/query-keys.ts";
import { Shell } from "../../components/shell/shell.tsx";
import { SingleNodeNotice } from "../../components/shell/single-node-notice.tsx";
import { findActor } from "../../lib/server/actor.ts";
import { readForPage } from "../../lib/server/read-page.ts";
import { signInSettings } from "../../lib/server/sign-in.ts";
import { listManagementClusters } from "../../lib/services/clusters/list-management-clusters.ts";
import { listInbox } from "../../lib/services/requests/list-inbox.ts";
import { listTeams } from "../../lib/services/tenancy/list-teams.ts";
import { whoAmI } from "../../lib/services/tenancy/who-am-i.ts";

export default async function PortalLayout({ children }: { readonly children: ReactNode }) {
  const [person, teams, inbox, managementClusters, actor] = await Promise.all([
    readForPage(whoAmI, {}),
    readForPage(listTeams, {}),
    readForPage(listInbox, {}),
    readForPage(listManagementClusters, {}),
    headers().then(findActor),
  ]);
  // The stream keeps the identity it was opened with: another session is another channel.
  const session = actor?.via.door === "session" ? actor.via.sessionId : "none";
  return (
    <LiveProvider session={session}>
      <Hydrated entries={[entry(queryKeys.inbox(), inbox), { key: managementKeys.key, view: managementClusters }]}>
        <Shell
          person={person}
          teams={teams.items.map(({ id, members }) => ({ id, members }))}
          notice={signInSettings().singleNode ? <SingleNodeNotice /> : null}
        >
          {children}
        </Shell>
      </Hydrated>
    </LiveProvider>
  );
}
