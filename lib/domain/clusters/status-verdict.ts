import { type Message, message } from "../message.ts";
import type { ClusterState, Glyph, StatusStep } from "./cluster-view.ts";
import type { Finding } from "./finding.ts";
import { failedPart } from "./findings/condition-error.ts";
import type { ObservedCluster } from "./observed-cluster.ts";
import { conditionOf, isEstablished, isPaused, isTrue, isUp, latest, nodesOf, poolName } from "./observed-facts.ts";

/** What a cluster is, before evidence age is looked at. `acts` null: nothing to say about it. */
export type Verdict = {
  readonly state: ClusterState;
  readonly stuck: boolean;
  readonly fact: Message;
  readonly acts: Finding["actor"] | null;
  readonly since: Date | null;
};

type Case = {
  readonly observed: ObservedCluster;
  readonly now: Date;
  readonly findings: readonly Finding[];
  readonly steps: readonly StatusStep[];
};
type Rule = (at: Case) => Verdict | null;

/** The decision order of cluster-api.md §3.5 with §11.1: the first rule that applies says what the cluster is. */
const ORDER: readonly Rule[] = [
  notReadable,
  paused,
  deleting,
  objectsMissing,
  silent,
  controlPlaneFailed,
  partFailed,
  creating,
  foreignIdentity,
  upgrading,
  lostConnection,
  poolFailed,
  poolShort,
  badAddon,
  settling,
  scaling,
];

export function verdictOf(at: Case): Verdict {
  for (const rule of ORDER) {
    const verdict = rule(at);
    if (verdict !== null) return verdict;
  }
  return ready(at);
}

/** Glyph of a state (look/README §4): slow or half broken is a triangle, never the octagon. */
export function glyphOf({ state, stuck }: Pick<Verdict, "state" | "stuck">): Glyph {
  if (stuck && (state === "creating" || state === "updating" || state === "upgrading" || state === "deleting")) return "attention";
  return GLYPHS[state];
}

const GLYPHS: Readonly<Record<ClusterState, Glyph>> = {
  requested: "waiting",
  creating: "progressing",
  ready: "ok",
  updating: "progressing",
  upgrading: "progressing",
  degraded: "attention",
  failed: "failed",
  paused: "paused",
  hibernated: "hibernated",
  deleting: "deleting",
  unknown: "unknown",
};

function found({ findings }: Case, code: string): Finding | undefined {
  return findings.find((finding) => finding.code === code);
}

/** When the first evidence of a finding was written. */
function evidenceAt(finding: Finding): Date | null {
  const at = finding.evidence.find((one) => one.at !== null)?.at;
  return at == null ? null : new Date(at);
}

function troubled(at: Case, finding: Finding, fact: Message): Verdict {
  const isMade = isEstablished(at.observed, at.now);
  return { state: isMade ? "degraded" : "creating", stuck: !isMade, fact, acts: finding.actor, since: evidenceAt(finding) };
}

/** A cluster that is not made of the objects Trellis reads, such as one on EC2: no light rather than a guess. */
function notReadable({ observed }: Case): Verdict | null {
  if (observed.managed || observed.controlPlane !== null) return null;
  return { state: "unknown", stuck: false, fact: message("clusters.fact.notReadable"), acts: null, since: null };
}

function paused({ observed }: Case): Verdict | null {
  if (!isPaused(observed)) return null;
  const since = conditionOf(observed, "Paused");
  return {
    state: "paused",
    stuck: false,
    fact: message("clusters.fact.paused"),
    acts: "platform",
    since: since?.status === "True" ? since.at : null,
  };
}

function deleting(at: Case): Verdict | null {
  const { observed, steps } = at;
  if (observed.deletingSince === null) return null;
  const step = steps.find(({ state }) => state === "current" || state === "stuck");
  const stuck = step?.state === "stuck" || found(at, "TRL-CLU-005")?.severity === "warning";
  const fact = step === undefined ? message("clusters.fact.deleting.delete-infrastructure") : message(`clusters.fact.deleting.${step.id}`);
  return { state: "deleting", stuck, fact, acts: stuck ? "platform" : "nobody", since: observed.deletingSince };
}

function objectsMissing(at: Case): Verdict | null {
  const finding = found(at, "TRL-CLU-010");
  if (finding === undefined) return null;
  const kinds = at.findings.flatMap((one) => (one.code === "TRL-CLU-010" ? valueOf(one, "kind") : []));
  return troubled(at, finding, message("clusters.fact.objectsMissing", { objects: kinds.join(", ") }));
}

/** A name that a finding carries; its values are texts and numbers. */
function valueOf(finding: Finding, name: string): string {
  const value = finding.what.values[name];
  return typeof value === "object" || value === undefined ? "" : String(value);
}

function silent(at: Case): Verdict | null {
  const finding = found(at, "TRL-CLU-001");
  return finding === undefined ? null : troubled(at, finding, message("clusters.fact.silent"));
}

function controlPlaneFailed(at: Case): Verdict | null {
  const finding = found(at, "TRL-CLU-007");
  if (finding === undefined) return null;
  const verdict = troubled(at, finding, message("clusters.fact.controlPlaneFailed"));
  return verdict.state === "creating" ? { ...verdict, state: "failed", stuck: false } : verdict;
}

function partFailed(at: Case): Verdict | null {
  const finding = found(at, "TRL-CLU-012");
  const part = failedPart(at.observed);
  return finding === undefined || part === null
    ? null
    : troubled(at, finding, message("clusters.fact.partFailed", { step: message(`clusters.step.${part.step}`), part: part.type }));
}

function creating(at: Case): Verdict | null {
  const { observed, steps, now } = at;
  if (isEstablished(observed, now)) return null;
  const failed = found(at, "TRL-CLU-002");
  if (failed !== undefined) return { ...troubled(at, failed, poolFact(failed)), stuck: true };
  const lost = found(at, "TRL-CLU-004");
  if (lost !== undefined) return troubled(at, lost, message("clusters.fact.connectionNever"));
  const step = steps.find(({ state }) => state !== "done" && state !== "todo");
  const stuck = step?.state === "stuck";
  const nodes = nodesOf(observed);
  const fact =
    step === undefined
      ? message("clusters.fact.creating.connection")
      : message(`clusters.fact.${stuck ? "late" : "creating"}.${step.id}`, { ...nodes, version: observed.controlPlane?.specVersion ?? "" });
  return {
    state: "creating",
    stuck,
    fact,
    acts: stuck ? "platform" : "nobody",
    since: step?.startedAt == null ? observed.createdAt : new Date(step.startedAt),
  };
}

function poolFact(finding: Finding): Message {
  return message("clusters.fact.poolFailed", { pool: valueOf(finding, "pool") });
}

function foreignIdentity(at: Case): Verdict | null {
  const finding = found(at, "TRL-CLU-011");
  return finding === undefined
    ? null
    : { state: "degraded", stuck: false, fact: message("clusters.fact.foreignIdentity"), acts: finding.actor, since: null };
}

function upgrading({ observed: { controlPlane } }: Case): Verdict | null {
  if (controlPlane === null) return null;
  const { version, specVersion } = controlPlane;
  const since = conditionOf(controlPlane, "EKSControlPlaneUpdating")?.at ?? null;
  if (version !== null && specVersion !== null && version !== specVersion) {
    return {
      state: "upgrading",
      stuck: false,
      fact: message("clusters.fact.upgrading", { from: version, to: specVersion }),
      acts: "nobody",
      since,
    };
  }
  return isTrue(controlPlane, "EKSControlPlaneUpdating")
    ? { state: "updating", stuck: false, fact: message("clusters.fact.updating"), acts: "nobody", since }
    : null;
}

function lostConnection(at: Case): Verdict | null {
  const finding = found(at, "TRL-CLU-004");
  return finding === undefined ? null : troubled(at, finding, message("clusters.fact.connectionLost"));
}

function poolFailed(at: Case): Verdict | null {
  const finding = found(at, "TRL-CLU-002");
  return finding === undefined ? null : troubled(at, finding, poolFact(finding));
}

function poolShort(at: Case): Verdict | null {
  const finding = found(at, "TRL-CLU-009");
  return finding === undefined
    ? null
    : troubled(at, finding, message("clusters.fact.poolShort", { pool: valueOf(finding, "pool"), ...nodesOf(at.observed) }));
}

function badAddon(at: Case): Verdict | null {
  const finding = at.findings.find(({ code, severity }) => code === "TRL-CLU-008" && severity === "warning");
  return finding === undefined ? null : troubled(at, finding, message("clusters.fact.addonBad", { addon: valueOf(finding, "addon") }));
}

/** Something the green light needs is not proven: the control plane's summary, or the connection. */
function settling({ observed }: Case): Verdict | null {
  const { controlPlane } = observed;
  const summary = conditionOf(controlPlane, "Ready");
  if (controlPlane?.ready === true && summary?.status === "True" && isTrue(observed, "RemoteConnectionProbe")) return null;
  return {
    state: "updating",
    stuck: false,
    fact: message("clusters.fact.settling"),
    acts: "nobody",
    since: summary?.status === "True" ? null : (summary?.at ?? null),
  };
}

function scaling({ observed }: Case): Verdict | null {
  const pool = observed.pools.find((one) => !isUp(one));
  if (pool === undefined) return null;
  return {
    state: "updating",
    stuck: false,
    fact: message("clusters.fact.scaling", { pool: poolName(pool, observed), ready: pool.readyReplicas, desired: pool.desired }),
    acts: "nobody",
    since: conditionOf(pool, "ReplicasReady")?.at ?? null,
  };
}

function ready({ observed }: Case): Verdict {
  const since = latest(
    conditionOf(observed.controlPlane, "Ready")?.at,
    conditionOf(observed, "RemoteConnectionProbe")?.at,
    ...observed.pools.map((pool) => conditionOf(pool, "Ready")?.at),
  );
  return { state: "ready", stuck: false, fact: message("clusters.fact.ready", { nodes: nodesOf(observed).ready }), acts: null, since };
}
