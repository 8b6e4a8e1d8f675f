import { z } from "zod";
import { PortalError } from "../../domain/portal-error.ts";
import { BootstrapFile } from "../../domain/tenancy/bootstrap.ts";
import { bootstrapRows } from "../../domain/tenancy/bootstrap-rows.ts";
import { checkBootstrap } from "../../domain/tenancy/check-bootstrap.ts";
import { command } from "../command.ts";

/**
 * Applies the bootstrap file (see `readBootstrapText` for its YAML) in one transaction; a second time changes nothing. The audit row names every change and, under
 * `affectedUsers`, everybody whose rights or tokens changed. `INVALID` with one problem per place · `PRECONDITION` `database.blueprintChanged`.
 * What it implies on management clusters is delivered by `deliverTenancy`.
 */
export const applyBootstrap = command({
  name: "tenancy.applyBootstrap",
  input: BootstrapFile,
  output: z.strictObject({ changes: z.array(z.string()), affectedUsers: z.array(z.string()) }),
  permission: "system.run",
  scope: async () => ({ type: "installation" }),
  run: async (file, { tx }) => {
    const fields = checkBootstrap(file);
    if (fields.length > 0) throw new PortalError("INVALID", "tenancy.bootstrap.refused", { count: fields.length }, { fields });
    const { changes, affectedUsers } = await tx.tenancy.applyBootstrap(bootstrapRows(file));
    const output = { changes: [...changes], affectedUsers: [...affectedUsers] };
    return { output, audit: { teamId: null, target: "tenancy/bootstrap", detail: output } };
  },
});
