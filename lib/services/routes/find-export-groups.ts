import type { LatticeAccount } from "../../adapters/lattice/port.ts";
import { LATTICE_TAGS, type LatticeTargetGroup } from "../../domain/routes/lattice-facts.ts";
import type { Context } from "../context.ts";
import type { ExportPin } from "./route-proofs.ts";

/** The target groups that carry this export's tags, asked of AWS now, in the order in which Lattice lists them: the controller takes the first (lattice.md §1.7, traps). */
export async function findExportGroups(ctx: Context, account: LatticeAccount, pin: ExportPin): Promise<readonly LatticeTargetGroup[]> {
  const options = { signal: ctx.signal, urgent: true };
  const tags = {
    [LATTICE_TAGS.clusterName]: pin.clusterName,
    [LATTICE_TAGS.serviceName]: pin.exportName,
    [LATTICE_TAGS.serviceNamespace]: pin.namespace,
    [LATTICE_TAGS.sourceType]: "ServiceExport",
  };
  const tagged = await ctx.lattice.listTags(account, { type: "target-group", tags }, options);
  if (tagged.size === 0) return [];
  const groups = await ctx.lattice.listTargetGroups(account, options);
  return groups.flatMap((group) => {
    const own = tagged.get(group.arn);
    return own === undefined || group.vpcId !== pin.vpcId ? [] : [{ ...group, tags: own }];
  });
}
