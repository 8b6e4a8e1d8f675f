import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { entry, Hydrated } from "../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../components/live/query-keys.ts";
import { InboxList } from "../../../components/requests/inbox-list.tsx";
import { readForPage } from "../../../lib/server/read-page.ts";
import { listInbox } from "../../../lib/services/requests/list-inbox.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiRequests.inbox"))("titlePlain") };
}

export default async function ApprovalsPage() {
  const view = await readForPage(listInbox, {});
  return (
    <Hydrated entries={[entry(queryKeys.inbox(), view)]}>
      <InboxList />
    </Hydrated>
  );
}
