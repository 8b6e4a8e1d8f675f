import type { z } from "zod";
import { message } from "../message.ts";
import { explainPolicy } from "./explain-policy.ts";
import { namedConsumer } from "./named-consumer.ts";
import type { ObservedRoute } from "./observed-route.ts";
import { parseAuthPolicy } from "./parse-auth-policy.ts";
import { policyWarnings } from "./policy-warnings.ts";
import type { RouteView } from "./route-view.ts";
import { samePolicy } from "./same-policy.ts";

/** The policy in plain words: what Lattice enforces when that is known, else what the object asks for. Null: no policy at all, everybody in the network may call. */
export function policyView(observed: ObservedRoute): z.infer<typeof RouteView>["policy"] {
  const held = observed.lattice?.policy?.value ?? null;
  const wanted = observed.policy?.policy ?? null;
  const text = held?.policy ?? wanted;
  if (text === null) return null;
  const read = parseAuthPolicy(text);
  const isOther = held !== null && wanted !== null && !samePolicy(held.policy, wanted);
  return {
    words: read.ok
      ? [...explainPolicy(read.policy, (principal) => nameOf(observed, principal))]
      : [message("routeViews.policy.unreadable")],
    json: text,
    state: held?.state ?? null,
    warnings: [...(read.ok ? policyWarnings(read.policy) : []), ...(isOther ? [message("routeViews.policy.other")] : [])],
  };
}

function nameOf({ consumers }: ObservedRoute, principal: string): string | null {
  const found = namedConsumer(consumers, principal);
  if (found === null) return null;
  return found.team === null ? found.name : `${found.name} · ${found.team}`;
}
