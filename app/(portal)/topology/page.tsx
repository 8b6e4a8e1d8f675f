import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { entry, Hydrated } from "../../../components/live/hydrated.tsx";
import { queryKeys } from "../../../components/live/query-keys.ts";
import { inputQuery, readAddress } from "../../../components/topology/map/map-address.ts";
import { TopologyPage } from "../../../components/topology/map/topology-page.tsx";
import { readForPage } from "../../../lib/server/read-page.ts";
import { getTopology } from "../../../lib/services/topology/get-topology.ts";

type Props = { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiMap"))("title") };
}

export default async function Topology({ searchParams }: Props) {
  const { input } = readAddress(await searchParams);
  const view = await readForPage(getTopology, input);
  const t = await getTranslations("uiMap");
  return (
    <Hydrated entries={[entry(queryKeys.topology(inputQuery(input)), view)]}>
      <h1 className="sr-only">{t("title")}</h1>
      <TopologyPage />
    </Hydrated>
  );
}
