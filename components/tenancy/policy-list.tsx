import { Stamp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Localized } from "../../lib/domain/message.ts";
import type { PolicyView } from "../../lib/domain/tenancy/tenancy-view.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { PlainTable } from "../ui/plain-table.tsx";

/** Which approvals are needed for what. */
export function PolicyList({ policies }: { readonly policies: readonly Localized<PolicyView>[] }) {
  const t = useTranslations("uiSettings.policies");
  if (policies.length === 0) return <EmptyState icon={Stamp} title={t("empty")} />;
  return (
    <>
      <p className="mb-3 max-w-[44em] text-muted text-table">{t("lead")}</p>
      <PlainTable
        label={t("label")}
        columns={[
          { id: "name", header: t("policy"), width: "w-[25%]" },
          { id: "slots", header: t("slots") },
          { id: "for", header: t("for"), width: "w-[40%]" },
        ]}
        rows={policies.map((policy) => ({
          key: policy.name,
          cells: {
            name: <code>{policy.name}</code>,
            slots:
              policy.slots.length === 0
                ? t("none")
                : policy.slots.map(({ id, who }) => (
                    <span key={id} className="block">
                      {who}
                    </span>
                  )),
            for: [...policy.blueprints, ...policy.kinds].map((name) => (
              <code key={name} className="block">
                {name}
              </code>
            )),
          },
        }))}
      />
    </>
  );
}
