import { z } from "zod";
import { SignedHead } from "../../domain/audit/audit-row.ts";
import { command } from "../command.ts";

/**
 * Signs the head of the audit as it is before this command's own row, keeps it and writes it to the log: whoever collects the log can show later that rows were
 * cut off. Every replica signs for its own log. For the system actor `audit-head`, every 15 minutes.
 */
export const signAuditHead = command({
  name: "audit.signHead",
  input: z.strictObject({}),
  output: z.strictObject({ head: z.nullable(SignedHead) }),
  permission: "system.run",
  scope: async () => ({ type: "installation" }),
  run: async (_, { tx, clock }) => {
    const head = await tx.audit.signHead(clock.now());
    if (head !== null) await tx.audit.rememberSignedHead(head);
    return {
      output: { head },
      audit: { teamId: null, target: "audit", detail: head === null ? {} : { seq: head.seq, mac: head.mac, keyId: head.keyId } },
      afterCommit: ({ log, metrics }) => {
        if (head === null) return;
        log.info("audit.signedHead", { head });
        metrics.gauge("trellis_audit_head_seq", head.seq);
      },
    };
  },
});
