import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { entry, Hydrated } from "../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../components/live/query-keys.ts";
import { DirectoryList } from "../../../components/topology/directory/directory-list.tsx";
import { directoryFilters } from "../../../components/topology/directory/directory-list-filter.ts";
import { PageHead } from "../../../components/ui/page-head.tsx";
import { portal } from "../../../lib/server/composition.ts";
import { readForPage } from "../../../lib/server/read-page.ts";
import { listDirectory } from "../../../lib/services/topology/list-directory.ts";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiDirectory.list"))("title") };
}

export default async function DirectoryPage({ searchParams }: Props) {
  const filter = directoryFilters.read(await searchParams);
  const input = directoryFilters.toInput(filter);
  const view = await readForPage(listDirectory, input);
  const t = await getTranslations("uiDirectory.list");
  return (
    <Hydrated entries={[entry(queryKeys.directory(input), view)]}>
      <PageHead title={t("title")} facts={t("subtitle")} />
      <DirectoryList filter={filter} origin={portal().settings.baseUrl} />
    </Hydrated>
  );
}
