import type { AuditRow } from "../../domain/audit/audit-row.ts";
import { RequestId } from "../../domain/ids.ts";

/** The requests that these audit rows are about: how every replica learns that one changed (house.md, "Watch once, project, push"). */
export function requestsInAudit(rows: readonly AuditRow[]): ReadonlySet<RequestId> {
  const ids = rows.flatMap(({ target }) => (target.startsWith("request/") ? [RequestId.safeParse(target.slice("request/".length))] : []));
  return new Set(ids.flatMap((parsed) => (parsed.success ? [parsed.data] : [])));
}
