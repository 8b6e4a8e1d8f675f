import type { RequestRecord } from "../../adapters/database/port.ts";
import { sentenceOf } from "../../domain/clusters/cluster-status.ts";
import type { ClusterRowView, ClusterStatus } from "../../domain/clusters/cluster-view.ts";
import { CreateClusterInput } from "../../domain/clusters/create-cluster-input.ts";
import { glyphOf } from "../../domain/clusters/status-verdict.ts";
import { type Message, message } from "../../domain/message.ts";
import { targetKey } from "../../domain/requests/request.ts";

type Said = Pick<ClusterStatus, "state" | "glyph"> & { readonly fact: Message };

/** The status of a cluster that is only asked for: no object of it exists yet, so the request itself is the evidence. */
export function requestedStatus(request: RequestRecord): ClusterStatus {
  const { state, glyph, fact } = saidOf(request);
  return {
    state,
    stuck: false,
    glyph,
    sentence: sentenceOf({ state, stuck: false, fact, acts: null }),
    since: request.submittedAt.toISOString(),
    evidenceAt: request.updatedAt.toISOString(),
    steps: [],
    findings: [],
  };
}

function saidOf({ state, id }: RequestRecord): Said {
  if (state === "failed")
    return {
      state: "failed",
      glyph: glyphOf({ state: "failed", stuck: false }),
      fact: message("clusters.fact.requested.failed", { request: id }),
    };
  const glyph = state === "approved" || state === "delivering" ? "progressing" : glyphOf({ state: "requested", stuck: false });
  return { state: "requested", glyph, fact: message(`clusters.fact.requested.${state}`, { request: id }) };
}

/** The row of an open create request whose cluster does not exist yet. */
export function requestedRow(request: RequestRecord): ClusterRowView {
  const status = requestedStatus(request);
  const input = CreateClusterInput.safeParse(request.input).data;
  return {
    key: targetKey(request.target),
    ...request.target,
    team: request.teamId,
    managed: true,
    visibility: request.visibility,
    state: status.state,
    stuck: false,
    glyph: status.glyph,
    sentence: status.sentence,
    since: status.since,
    evidenceAt: status.evidenceAt,
    version: input?.kubernetesVersion ?? null,
    account: input?.account ?? null,
    region: null,
    blueprint: request.blueprintVersion,
    nodes: null,
    findings: 0,
    openRequest: request.id,
  };
}
