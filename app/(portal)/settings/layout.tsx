import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AreaMessages } from "../../../components/shell/area-messages.tsx";
import { ForbiddenPage } from "../../../components/shell/forbidden-page.tsx";
import { isPlatformAdmin, maySubmit } from "../../../components/shell/shell-data.ts";
import { SettingsTabs } from "../../../components/tenancy/settings-tabs.tsx";
import { PageHead } from "../../../components/ui/page-head.tsx";
import { readForPage } from "../../../lib/server/read-page.ts";
import { whoAmI } from "../../../lib/services/tenancy/who-am-i.ts";

export default async function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const me = await readForPage(whoAmI, {});
  if (!maySubmit(me)) return <ForbiddenPage needs="member" />;
  const t = await getTranslations("uiSettings");
  return (
    <>
      <PageHead title={t("title")} facts={t("facts")} />
      <SettingsTabs isPlatform={isPlatformAdmin(me)} />
      <AreaMessages names={["uiSettings"]}>{children}</AreaMessages>
    </>
  );
}
