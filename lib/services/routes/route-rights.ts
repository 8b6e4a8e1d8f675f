import { type Message, message } from "../../domain/message.ts";
import type { ObservedRoute } from "../../domain/routes/observed-route.ts";
import type { RouteView } from "../../domain/routes/route-view.ts";
import type { Actor } from "../../domain/tenancy/actor.ts";
import type { Networking } from "../../domain/tenancy/networking.ts";
import { holds } from "../../domain/tenancy/permissions.ts";
import type { FoundRoute } from "./find-route.ts";
import { routeScope } from "./visible-routes.ts";

/** What the reader may do with this route now, and why not: the buttons of its page. The commands decide again. */
export function routeRights(actor: Actor, found: FoundRoute, networking: Networking): RouteView["can"] {
  const { observed } = found;
  if (observed === undefined)
    return { change: false, delete: false, askToCall: false, whyNotChange: null, whyNotDelete: null, whyNotAskToCall: null };
  const maySubmit = holds(actor, "request.submit", routeScope(observed.namespace));
  const whyNotChange = maySubmit ? (standing(observed) ?? open(found.remove, "deleteAsked")) : message("routeViews.cannot.right");
  const whyNotDelete = maySubmit ? (standing(observed) ?? open(found.remove, "deleteAsked")) : message("routeViews.cannot.right");
  const whyNotAskToCall = whyNotAsk(actor, observed, networking) ?? open(found.remove, "deleteAsked");
  return {
    change: whyNotChange === null,
    delete: whyNotDelete === null,
    askToCall: whyNotAskToCall === null,
    whyNotChange,
    whyNotDelete,
    whyNotAskToCall,
  };
}

function standing({ managed, deletingSince }: ObservedRoute): Message | null {
  if (!managed) return message("routeViews.cannot.notManaged");
  return deletingSince === null ? null : message("routeViews.cannot.deleting");
}

function open(request: FoundRoute["remove"], key: string): Message | null {
  return request === undefined ? null : message(`routeViews.cannot.${key}`, { request: request.id });
}

/** Another team asks for itself; it must be one that may call through the network, and the route must have a list of callers to be put on. */
function whyNotAsk(actor: Actor, observed: ObservedRoute, { serviceNetworks }: Networking): Message | null {
  if (actor.type !== "person") return message("routeViews.cannot.ask.noTeam");
  const others = actor.memberships.filter(({ teamId }) => teamId !== observed.team);
  const stands = standing(observed);
  if (stands !== null) return stands;
  if (observed.visibility !== "organisation") return message("routeViews.cannot.ask.private");
  const may = others.filter(({ teamId }) => holds(actor, "route.askToCall", { type: "team", teamId }));
  if (may.length === 0) return message("routeViews.cannot.ask.noTeam");
  const network = serviceNetworks.find(({ name }) => name === observed.network);
  if (network === undefined || !may.some(({ teamId }) => network.callers.includes(teamId)))
    return message("routeViews.cannot.ask.network", { network: observed.network ?? "–" });
  return observed.kind === "TLSRoute" || observed.policy === null ? message("routeViews.cannot.ask.open") : null;
}
