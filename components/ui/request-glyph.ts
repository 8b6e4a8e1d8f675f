import type { Glyph } from "../../lib/domain/clusters/cluster-view.ts";
import type { RequestState } from "../../lib/domain/requests/request.ts";
import type { StepView } from "../../lib/domain/requests/request-view.ts";

/** The shape of a request's state (look/README §4: requests). */
export const REQUEST_GLYPH: Readonly<Record<RequestState, Glyph>> = {
  waiting: "waiting",
  "sent-back": "waiting",
  approved: "progressing",
  delivering: "progressing",
  delivered: "ok",
  rejected: "closed",
  withdrawn: "closed",
  expired: "closed",
  failed: "failed",
};

export const STEP_GLYPH: Readonly<Record<StepView["state"], Glyph>> = {
  pending: "todo",
  running: "progressing",
  waiting: "attention",
  done: "ok",
  failed: "failed",
};
