import type { LatticeAccount } from "../../adapters/lattice/port.ts";
import { message } from "../../domain/message.ts";
import type { Context } from "../context.ts";
import type { ProofAnswer } from "../requests/request-kind.ts";
import { findRouteService } from "./find-route-service.ts";
import type { ParamsOf } from "./route-proofs.ts";

/** Is the route's Lattice service gone, and with it its listeners, rules and associations? Only then may its exports go (lattice.md §9.5, "Delete"). */
export async function proveServiceGone(ctx: Context, account: LatticeAccount, { service }: ParamsOf<"service-gone">): Promise<ProofAnswer> {
  const left = await findRouteService(ctx, account, service);
  if (left === null) return { done: true, result: { gone: true } };
  const raw = left.failureMessage === null ? {} : { raw: left.failureMessage };
  return { done: false, missing: message("routeRequests.missing.gone", { name: left.name, status: left.status }), ...raw };
}
