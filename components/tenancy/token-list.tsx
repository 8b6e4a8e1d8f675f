import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Localized } from "../../lib/domain/message.ts";
import type { TokenView } from "../../lib/domain/tenancy/tenancy-view.ts";
import { Age } from "../ui/age.tsx";
import { ClockTime } from "../ui/clock-time.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PlainTable } from "../ui/plain-table.tsx";
import { useJoined } from "../ui/use-joined.ts";
import { TokenState } from "./token-state.tsx";

/** Bearer tokens for programs, without their values: nobody can read those again. */
export function TokenList({ tokens }: { readonly tokens: readonly Localized<TokenView>[] }) {
  const t = useTranslations("uiSettings.tokens");
  const joined = useJoined();
  if (tokens.length === 0) return <EmptyState icon={KeyRound} title={t("empty")} />;
  return (
    <>
      <p className="mb-3 max-w-[44em] text-muted text-table">{t("lead")}</p>
      <PlainTable
        label={t("label")}
        columns={[
          { id: "name", header: t("token") },
          { id: "owner", header: t("owner"), narrow: "right" },
          { id: "scopes", header: t("scopes") },
          { id: "used", header: t("used"), narrow: "right" },
          { id: "expires", header: t("expires") },
          { id: "state", header: t("state"), narrow: "right" },
        ]}
        rows={tokens.map((token) => ({
          key: token.id,
          cells: {
            name: token.name,
            owner: token.owner,
            scopes: joined(token.scopes),
            used: token.lastUsedAt === null ? <span className="text-muted">{t("never")}</span> : <Age at={token.lastUsedAt} />,
            expires: <ClockTime at={token.expiresAt} />,
            state: <TokenState token={token} />,
          },
        }))}
      />
    </>
  );
}
