import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { entry, Hydrated } from "../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../components/live/query-keys.ts";
import { RequestList } from "../../../components/requests/request-list.tsx";
import { REQUEST_VIEWS, readRequestListFilter, toRequestListInput } from "../../../components/requests/request-list-filter.ts";
import { PageHead } from "../../../components/ui/page-head.tsx";
import { readForPage } from "../../../lib/server/read-page.ts";
import { listRequests } from "../../../lib/services/requests/list-requests.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiRequests.list"))("title") };
}

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export default async function RequestsPage({ searchParams }: Props) {
  const filter = readRequestListFilter(await searchParams);
  const { state: _state, ...input } = toRequestListInput(filter);
  const view = await readForPage(listRequests, { ...input, ...(filter.view === "all" ? {} : { state: [...REQUEST_VIEWS[filter.view]] }) });
  const t = await getTranslations("uiRequests.list");
  return (
    <Hydrated entries={[entry(queryKeys.requests(toRequestListInput(filter)), view)]}>
      <PageHead title={t("title")} facts={t("subtitle")} />
      <RequestList filter={filter} />
    </Hydrated>
  );
}
