import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readAuditFilter, toAuditInput } from "../../../components/audit/audit-filter.ts";
import { AuditPage } from "../../../components/audit/audit-page.tsx";
import { ForbiddenPage } from "../../../components/shell/forbidden-page.tsx";
import { isPlatformAdmin } from "../../../components/shell/shell-data.ts";
import { portal } from "../../../lib/server/composition.ts";
import { readForPage } from "../../../lib/server/read-page.ts";
import { listAudit } from "../../../lib/services/audit/list-audit.ts";
import { whoAmI } from "../../../lib/services/tenancy/who-am-i.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("uiAudit"))("title") };
}

export default async function Audit({ searchParams }: PageProps<"/audit">) {
  if (!isPlatformAdmin(await readForPage(whoAmI, {}))) return <ForbiddenPage needs="platform-admin" />;
  const filter = readAuditFilter(await searchParams);
  const { items, nextCursor } = await readForPage(listAudit, toAuditInput(filter));
  return <AuditPage rows={items} nextCursor={nextCursor} filter={filter} origin={portal().settings.baseUrl} />;
}
