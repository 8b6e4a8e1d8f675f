import { Building2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Localized } from "../../lib/domain/message.ts";
import type { AccountView } from "../../lib/domain/tenancy/tenancy-view.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { PlainTable } from "../ui/plain-table.tsx";
import { useJoined } from "../ui/use-joined.ts";

/** AWS accounts and Regions, the role that is assumed there, and who may use them. */
export function AccountList({ accounts }: { readonly accounts: readonly Localized<AccountView>[] }) {
  const t = useTranslations("uiSettings.accounts");
  const joined = useJoined();
  if (accounts.length === 0) return <EmptyState icon={Building2} title={t("empty")} />;
  return (
    <PlainTable
      label={t("label")}
      columns={[
        { id: "id", header: t("account") },
        { id: "region", header: t("region"), narrow: "right" },
        { id: "teams", header: t("teams") },
        { id: "role", header: t("role"), width: "w-[38%]" },
        { id: "vpcs", header: t("vpcs"), narrow: "hidden" },
      ]}
      rows={accounts.map((account) => ({
        key: account.id,
        cells: {
          id: (
            <>
              {account.id}
              <small className="block font-normal text-caption text-muted tabular-nums">{account.awsAccountId}</small>
            </>
          ),
          region: account.region,
          teams: joined(account.teams),
          role: <code>{account.roleArn}</code>,
          vpcs: account.vpcs.map(({ id, cidr }) => (
            <small key={id} className="block font-mono text-caption">
              {id} <span className="text-muted">{cidr}</span>
            </small>
          )),
        },
      }))}
    />
  );
}
