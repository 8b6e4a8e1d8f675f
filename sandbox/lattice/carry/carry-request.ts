import { authorizeCall } from "../auth/authorize-call.ts";
import { requestContext } from "../auth/request-context.ts";
import type { ListenerRecord } from "../store/records.ts";
import { CallStopped, type Carried, type Way } from "./carried.ts";
import { type CallToCarry, vpcOwnerOf } from "./carry-input.ts";
import { chooseTarget } from "./choose-target.ts";
import type { DataPlane } from "./data-plane.ts";
import { type Entry, findEntry } from "./find-entry.ts";
import { findListener } from "./find-listener.ts";
import { findRule } from "./find-rule.ts";
import { sendToTarget } from "./send-to-target.ts";

/**
 * Takes one call through Lattice as AWS documents it: name, networks of the caller's VPC, security groups, listener, signature, policies,
 * rules in order of priority, target group by weight, target in turn, and for the last stretch over HTTP to an echo server.
 */
export async function carryRequest(plane: DataPlane, call: CallToCarry): Promise<Carried> {
  plane.sweep();
  const way: Way = {};
  try {
    const entry = findEntry(plane, call);
    Object.assign(way, { networkId: entry.network.id, serviceId: entry.service.id });
    const listener = findListener(entry.service, call);
    way.listenerId = listener.id;
    checkRights(plane, call, { entry, listener });
    const rule = findRule(listener, listener.protocol === "TLS_PASSTHROUGH" ? null : call);
    way.ruleId = rule.id;
    const chosen = chooseTarget(plane, { owner: entry.owner, rule, chance: call.random ?? plane.random() });
    const { group, target, status } = chosen;
    Object.assign(way, { targetGroup: { id: group.id, name: group.name }, target: { id: target.id, port: target.port, status } });
    const echo = await sendToTarget(plane, call, chosen);
    return { outcome: "answered", layer: null, status: echo.status, reason: `target ${target.id} of ${group.name} answered`, way, echo };
  } catch (error) {
    if (!(error instanceof CallStopped)) throw error;
    const { outcome = "answered", status = null, layer, reason } = error.stopped;
    return { outcome, layer, status, reason, way, echo: null };
  }
}

function checkRights(plane: DataPlane, call: CallToCarry, { entry, listener }: { entry: Entry; listener: ListenerRecord }): void {
  const passthrough = listener.protocol === "TLS_PASSTHROUGH";
  // Lattice sees no HTTP inside passed-through TLS: nobody is authenticated there. Elsewhere a signature counts even without an auth type.
  if (call.signing === "bad" && !passthrough)
    throw new CallStopped({ layer: "signing", status: 403, reason: "AccessDeniedException: the signature of the request does not verify" });
  const { owner, service, network, association } = entry;
  const identity = call.signing === "good" && !passthrough ? call.identity : null;
  const context = requestContext({
    identity,
    sourceVpc: call.callerVpcId,
    sourceVpcOwnerAccount: vpcOwnerOf(call, association.arn),
    networkArn: network.arn,
    serviceArn: service.arn,
    serviceTags: owner.tags.find(service.arn)?.tags ?? {},
    port: listener.port,
    now: plane.now(),
    http: passthrough ? null : { method: call.method, path: call.path, query: new URLSearchParams(call.query), headers: call.headers },
  });
  const action = passthrough ? "vpc-lattice-svcs:Connect" : "vpc-lattice-svcs:Invoke";
  const refusal = authorizeCall(
    { identity, action, resource: `${service.arn}${passthrough ? "/" : call.path}`, context },
    { network: guarded(network), service: guarded(service), identityPolicy: call.identity?.policy ?? null },
  );
  if (!refusal) return;
  const { layer, reason } = refusal;
  throw new CallStopped(passthrough ? { outcome: "connection-reset", layer, reason } : { layer, status: 403, reason });
}

function guarded({ authType, authPolicy }: Entry["service"] | Entry["network"]) {
  return { authType, policy: authPolicy?.policy ?? null };
}
