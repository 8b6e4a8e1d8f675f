import type { LatticeAccount } from "../../adapters/lattice/port.ts";
import { message } from "../../domain/message.ts";
import type { LatticeTargetGroup } from "../../domain/routes/lattice-facts.ts";
import type { Context } from "../context.ts";
import type { ProofAnswer } from "../requests/request-kind.ts";
import { findExportGroups } from "./find-export-groups.ts";
import type { ParamsOf } from "./route-proofs.ts";

/** Is the export's target group there, ACTIVE, with at least one pod registered? UNUSED targets are right here: no service uses the group yet (lattice.md §9.5). */
export async function proveTargetGroup(ctx: Context, account: LatticeAccount, params: ParamsOf<"target-group">): Promise<ProofAnswer> {
  const { exportName, namespace, clusterName } = params.export;
  const names = { export: `${namespace}/${exportName}`, cluster: clusterName };
  const groups = await findExportGroups(ctx, account, params.export);
  const group = groups.find(({ status }) => status === "ACTIVE");
  if (group === undefined) return { done: false, missing: missingGroup(groups[0], names), ...rawStatus(groups[0]) };
  const targets = await ctx.lattice.listTargets(account, group.id, { signal: ctx.signal, urgent: true });
  const registered = targets.filter(({ status }) => status !== "DRAINING");
  if (registered.length === 0) return { done: false, missing: message("routeRequests.missing.targets", names), raw: group.id };
  return { done: true, result: { targetGroup: group.id, targets: registered.length } };
}

function missingGroup(group: LatticeTargetGroup | undefined, names: { readonly export: string; readonly cluster: string }) {
  if (group === undefined) return message("routeRequests.missing.group", names);
  return message("routeRequests.missing.groupActive", { ...names, status: group.status });
}

function rawStatus(group: LatticeTargetGroup | undefined): { readonly raw?: string } {
  return group === undefined ? {} : { raw: `${group.id} ${group.status}` };
}
