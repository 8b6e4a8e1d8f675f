import type { RequestRecord } from "../../adapters/database/port.ts";
import type { AuditEntry } from "../../domain/audit/audit-row.ts";
import type { JsonObject } from "../../domain/json.ts";
import { targetKey } from "../../domain/requests/request.ts";

/** The audit's view of something that happened to a request: always its kind, target, revision and hash. Never its input. */
export function requestAudit(request: RequestRecord, detail: JsonObject = {}): Pick<AuditEntry, "teamId" | "target" | "detail"> {
  return {
    teamId: request.teamId,
    target: `request/${request.id}`,
    detail: {
      kind: request.kind,
      object: targetKey(request.target),
      revision: request.revision,
      contentHash: request.contentHash,
      state: request.state,
      ...detail,
    },
  };
}
