import { useFormatter, useTranslations } from "next-intl";
import type { PricesView } from "../../lib/domain/tenancy/tenancy-view.ts";
import { Facts } from "../ui/facts.tsx";
import { PlainTable } from "../ui/plain-table.tsx";
import { Section } from "../ui/section.tsx";

/** The figures behind every estimate. They are the installation's own list, not a live price. */
export function PriceList({ prices }: { readonly prices: PricesView }) {
  const t = useTranslations("uiSettings.prices");
  const format = useFormatter();
  const dollars = (amount: number) => format.number(amount, { style: "currency", currency: "USD", maximumFractionDigits: 4 });
  return (
    <>
      <Section title={t("title")} note={t("asOf", { date: prices.asOf })}>
        <div className="mt-3 max-w-[36rem]">
          <Facts
            rows={[
              { label: t("controlPlane"), value: t("anHour", { price: dollars(prices.controlPlaneHour) }) },
              { label: t("natGateway"), value: t("anHour", { price: dollars(prices.natGatewayHour) }) },
              { label: t("gp3"), value: t("aGiBMonth", { price: dollars(prices.gp3GiBMonth) }) },
              { label: t("spot"), value: format.number(prices.spotFactor, { style: "percent" }) },
            ]}
          />
        </div>
      </Section>
      <Section title={t("instances")}>
        <PlainTable
          label={t("instances")}
          columns={[
            { id: "type", header: t("type") },
            { id: "vcpu", header: t("vcpu"), align: "right", narrow: "hidden" },
            { id: "memory", header: t("memory"), align: "right", narrow: "hidden" },
            { id: "hour", header: t("hour"), align: "right", narrow: "right" },
          ]}
          rows={Object.entries(prices.instances).map(([type, { hour, vcpu, memoryGiB }]) => ({
            key: type,
            cells: { type: <code>{type}</code>, vcpu, memory: t("gib", { memory: memoryGiB }), hour: dollars(hour) },
          }))}
        />
      </Section>
    </>
  );
}
