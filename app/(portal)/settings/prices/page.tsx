import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PriceList } from "../../../../components/tenancy/price-list.tsx";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { getPrices } from "../../../../lib/services/tenancy/get-prices.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiShell.crumb"))("prices") };
}

export default async function PriceSettings() {
  return <PriceList prices={await readForPage(getPrices, {})} />;
}
