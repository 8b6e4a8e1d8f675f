import { type Message, message } from "../message.ts";
import { findWayIn } from "../routes/find-way-in.ts";
import { accessLayers } from "./reach-access-layers.ts";
import type { ReachCall, ReachFacts, ReachFrom } from "./reach-facts.ts";
import type { Age } from "./reach-layer.ts";
import { networkLayers } from "./reach-network-layers.ts";
import { type Routing, routingLayers } from "./reach-routing-layers.ts";
import type { ReachAnswer, ReachLayer, ReachLayerId } from "./reach-view.ts";

/** What does not depend on who calls: the same for a whole column of the matrix. */
export type PreparedReach = { readonly facts: ReachFacts; readonly call: ReachCall; readonly age: Age; readonly routing: Routing };

export function prepareReach(facts: ReachFacts, call: ReachCall, now: Date): PreparedReach {
  const age = { now, health: facts.lattice?.health ?? null };
  return { facts, call, age, routing: routingLayers(facts, call, age) };
}

export type Judged = {
  readonly verdict: ReachAnswer["verdict"];
  /** The layer that decides: the first that failed, else the first that is not known. */
  readonly decisive: ReachLayer | null;
  readonly layers: readonly ReachLayer[];
};

/** Every layer of a call in order, and the verdict: one failure is a no; what could be read and is not known keeps it from being a yes. */
export function judgeReach({ facts, call, age, routing }: PreparedReach, from: ReachFrom): Judged {
  const way = findWayIn(facts, from.view.vpcId);
  const layers = [
    ...networkLayers(facts, from, { way, age }),
    ...routing.layers,
    ...accessLayers({ facts, from, call, way, listener: routing.listener, age }),
  ];
  const failed = layers.find(({ state }) => state === "failed") ?? null;
  const open = layers.find(({ state }) => state === "unknown") ?? null;
  return { verdict: failed !== null ? "no" : open !== null ? "unknown" : "yes", decisive: failed ?? open, layers };
}

const GLYPHS = { yes: "ok", no: "failed", unknown: "unknown" } as const;

/** Can this caller call this service with this call? Pure: the same facts and the same time give the same answer. */
export function evaluateReach(
  facts: ReachFacts,
  from: ReachFrom,
  { call, now }: { readonly call: ReachCall; readonly now: Date },
): ReachAnswer {
  const { verdict, decisive, layers } = judgeReach(prepareReach(facts, call, now), from);
  const { method, path, headers } = call;
  return {
    caller: from.view,
    service: facts.service,
    call: { method, path, headers: [...headers] },
    verdict,
    glyph: GLYPHS[verdict],
    sentence: reachSentence({ verdict, decisive, layers }, { caller: from.view.name, service: facts.service.name }),
    firstFailure: verdict === "no" ? (decisive?.id ?? null) : null,
    layers: [...layers],
    at: verdict === "no" ? (decisive?.at ?? null) : oldestAt(layers),
  };
}

export function reachSentence(
  { verdict, decisive, layers }: Judged,
  names: { readonly caller: string; readonly service: string },
): Message {
  if (decisive === null) {
    const open = layers.filter(({ state }) => state === "not-checkable").length;
    return message("reach.verdict.yes", { ...names, open });
  }
  const who = message(`reach.actor.${decisive.actor ?? "nobody"}`);
  return message(`reach.verdict.${verdict}`, { ...names, layer: decisive.label, why: decisive.sentence, who });
}

export function reachGlyph(verdict: ReachAnswer["verdict"]): (typeof GLYPHS)[ReachAnswer["verdict"]] {
  return GLYPHS[verdict];
}

/** The oldest evidence among layers. */
export function oldestAt(layers: readonly ReachLayer[]): string | null {
  const times = layers.flatMap(({ at }) => at ?? []);
  return times.sort()[0] ?? null;
}

/** For readers with the limited view: no evidence, and of what only the owner may see no more than how it stands. */
export function limitReach(answer: ReachAnswer): ReachAnswer {
  const layers = answer.layers.map((layer) =>
    OWN.has(layer.id) ? { ...layer, sentence: message(`reach.limited.${layer.state}`), evidence: null } : { ...layer, evidence: null },
  );
  const decisive = layers.find(({ state }) => state === (answer.verdict === "no" ? "failed" : "unknown")) ?? null;
  return {
    ...answer,
    layers,
    sentence: reachSentence(
      { verdict: answer.verdict, decisive: answer.verdict === "yes" ? null : decisive, layers },
      { caller: answer.caller.name, service: answer.service.name },
    ),
  };
}

const OWN: ReadonlySet<ReachLayerId> = new Set([
  "share",
  "security-groups",
  "rule",
  "target-groups",
  "targets",
  "network-policy",
  "service-policy",
]);
