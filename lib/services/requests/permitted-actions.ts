import type { RequestRecord } from "../../adapters/database/port.ts";
import { message } from "../../domain/message.ts";
import { type ApprovalFacts, mayDecide } from "../../domain/requests/approval.ts";
import { nextState, type RequestEvent } from "../../domain/requests/request-state.ts";
import type { Permitted, RequestView } from "../../domain/requests/request-view.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import { holds, type PermissionName } from "../../domain/tenancy/permissions.ts";

const YES: Permitted = { allowed: true, why: null };

/** What the reader may do with this request now, and why not: the buttons of its page. The commands decide again. */
export function permittedActions(actor: Actor, request: RequestRecord, facts: ApprovalFacts): RequestView["can"] {
  const decide = decision(actor, request, facts);
  return {
    approve: decide,
    sendBack: decide,
    reject: decide,
    withdraw: simple(actor, request, "request.withdraw", "withdraw"),
    resubmit: simple(actor, request, "request.submit", "resubmit"),
    retry: simple(actor, request, "request.retry", "retry"),
    comment: holdsHere(actor, request, "request.comment") ? YES : no("requests.why.noRight"),
  };
}

function decision(actor: Actor, request: RequestRecord, facts: ApprovalFacts): Permitted {
  if (actor.type !== "person") return no("requests.why.noRight");
  const answer = mayDecide(facts, actor);
  if (!answer.allowed) return { allowed: false, why: answer.why };
  return holdsHere(actor, request, "request.decide") ? YES : no("requests.why.noRight");
}

function simple(actor: Actor, request: RequestRecord, permission: PermissionName, event: RequestEvent): Permitted {
  if (nextState(request.state, event) === null)
    return { allowed: false, why: message("requests.why.state", { state: message(`requests.state.${request.state}`) }) };
  return holdsHere(actor, request, permission) ? YES : no("requests.why.noRight");
}

function holdsHere(actor: Actor, request: RequestRecord, permission: PermissionName): boolean {
  return holds(actor, permission, { type: "team", teamId: request.teamId });
}

function no(key: string): Permitted {
  return { allowed: false, why: message(key) };
}
