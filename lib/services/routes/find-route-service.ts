import type { LatticeAccount } from "../../adapters/lattice/port.ts";
import { LATTICE_TAGS, type LatticeServiceDetail } from "../../domain/routes/lattice-facts.ts";
import type { Context } from "../context.ts";
import type { ServicePin } from "./route-proofs.ts";

/** The Lattice service that our controller made for this route, by its ownership tags (lattice.md §1.7); null when there is none, or only somebody else's. */
export async function findRouteService(ctx: Context, account: LatticeAccount, pin: ServicePin): Promise<LatticeServiceDetail | null> {
  const options = { signal: ctx.signal, urgent: true };
  const tags = {
    [LATTICE_TAGS.managedBy]: pin.managedBy,
    [LATTICE_TAGS.routeName]: pin.name,
    [LATTICE_TAGS.routeNamespace]: pin.namespace,
  };
  const tagged = await ctx.lattice.listTags(account, { type: "service", tags }, options);
  for (const arn of tagged.keys()) {
    const service = await ctx.lattice.findService(account, arn, options);
    if (service !== null && service.name === pin.serviceName) return service;
  }
  return null;
}
