import type { LatticeAccount } from "../../adapters/lattice/port.ts";
import { JsonValue } from "../../domain/json.ts";
import { message } from "../../domain/message.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import type { Context } from "../context.ts";
import type { ProofAnswer } from "../requests/request-kind.ts";
import { findRouteService } from "./find-route-service.ts";
import type { ParamsOf } from "./route-proofs.ts";

/** Does Lattice enforce exactly this policy? `policy` null: nobody is asked to sign (`authType` NONE). Conditions prove nothing here (lattice.md §1.11). */
export async function provePolicy(
  ctx: Context,
  account: LatticeAccount,
  { service: pin, policy }: ParamsOf<"policy">,
): Promise<ProofAnswer> {
  const service = await findRouteService(ctx, account, pin);
  if (service === null) return { done: false, missing: message("routeRequests.missing.service", { name: pin.serviceName }) };
  const wanted = policy === null ? "NONE" : "AWS_IAM";
  if (service.authType !== wanted)
    return { done: false, missing: message("routeRequests.missing.authType", { wanted, authType: service.authType }) };
  if (policy === null) return { done: true, result: { service: service.id, authType: service.authType } };
  const held = await ctx.lattice.findAuthPolicy(account, service.arn, { signal: ctx.signal, urgent: true });
  if (held === null || !isSamePolicy(held.policy, policy)) return { done: false, missing: message("routeRequests.missing.policy") };
  if (held.state !== "Active") return { done: false, missing: message("routeRequests.missing.policyActive", { state: held.state }) };
  return { done: true, result: { service: service.id, authType: service.authType, state: held.state } };
}

/** Is the subscription there? A log group may be named with `:*` at the end or without (lattice.md §1.11). */
export async function proveAccessLogs(
  ctx: Context,
  account: LatticeAccount,
  { service: pin, destinationArn }: ParamsOf<"access-logs">,
): Promise<ProofAnswer> {
  const service = await findRouteService(ctx, account, pin);
  if (service === null) return { done: false, missing: message("routeRequests.missing.service", { name: pin.serviceName }) };
  const logs = await ctx.lattice.listAccessLogs(account, service.arn, { signal: ctx.signal, urgent: true });
  const own = logs.find((log) => bare(log.destinationArn) === bare(destinationArn));
  if (own === undefined) return { done: false, missing: message("routeRequests.missing.accessLogs", { destination: destinationArn }) };
  return { done: true, result: { subscription: own.arn } };
}

function bare(arn: string): string {
  return arn.replace(/:\*$/, "");
}

function isSamePolicy(held: string, wanted: string): boolean {
  try {
    return canonicalJson(JsonValue.parse(JSON.parse(held))) === canonicalJson(JsonValue.parse(JSON.parse(wanted)));
  } catch {
    // Text that is no JSON is not the policy we wrote.
    return false;
  }
}
