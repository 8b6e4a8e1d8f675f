import type { JsonValue } from "../domain/json.ts";
import type { Portal } from "./composition.ts";

/** Ends streams as soon as an audit row, of any replica, says that their session or wall link ended or their person's rights changed. Returns the stop function. */
export function endStreamsWithRights({ db, streams }: Pick<Portal, "db" | "streams">): () => void {
  return db.onAudit((rows) => {
    for (const { outcome, detail } of rows) {
      if (outcome !== "ok") continue;
      for (const sessionId of textsIn(detail["endedSessions"])) streams.endSession(sessionId);
      for (const userId of textsIn(detail["affectedUsers"])) streams.endReader(userId, "rights");
      for (const linkId of textsIn(detail["endedWallLinks"])) streams.endReader(linkId, "session");
    }
  });
}

function textsIn(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
