import type { RequestRecord } from "../../adapters/database/port.ts";
import { type Message, message } from "../../domain/message.ts";
import { targetKey } from "../../domain/requests/request.ts";
import { CreateRouteInput } from "../../domain/routes/route-input.ts";
import { routeSentence } from "../../domain/routes/route-status.ts";
import { routeGlyph } from "../../domain/routes/route-verdict.ts";
import type { RouteRowView, RouteStatus } from "../../domain/routes/route-view.ts";

type Said = Pick<RouteStatus, "state" | "glyph"> & { readonly fact: Message };

/** The status of a route that is only asked for: no object of it exists yet, so the request itself is the evidence. */
export function requestedRouteStatus(request: RequestRecord): RouteStatus {
  const { state, glyph, fact } = saidOf(request);
  return {
    state,
    stuck: false,
    glyph,
    sentence: routeSentence({ state, stuck: false, fact, acts: null }),
    since: request.submittedAt.toISOString(),
    evidenceAt: request.updatedAt.toISOString(),
    proofs: [],
    findings: [],
  };
}

function saidOf({ state, id }: RequestRecord): Said {
  if (state === "failed")
    return {
      state: "failed",
      glyph: routeGlyph({ state: "failed", stuck: false }),
      fact: message("routeStatus.fact.requested.failed", { request: id }),
    };
  const glyph = state === "approved" || state === "delivering" ? "progressing" : routeGlyph({ state: "requested", stuck: false });
  return { state: "requested", glyph, fact: message(`routeStatus.fact.requested.${state}`, { request: id }) };
}

/** The row of an open create request whose route does not exist yet. */
export function requestedRouteRow(request: RequestRecord): RouteRowView {
  const status = requestedRouteStatus(request);
  const input = CreateRouteInput.safeParse(request.input).data;
  return {
    key: targetKey(request.target),
    ...request.target,
    team: request.teamId,
    managed: true,
    visibility: request.visibility,
    protocol: input?.protocol ?? "http",
    network: input?.network ?? null,
    domainName: null,
    state: status.state,
    stuck: false,
    glyph: status.glyph,
    sentence: status.sentence,
    since: status.since,
    evidenceAt: status.evidenceAt,
    targets: null,
    findings: 0,
    openRequest: request.id,
  };
}
