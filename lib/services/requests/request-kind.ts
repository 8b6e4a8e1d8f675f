import type { z } from "zod";
import type { BlueprintData } from "../../domain/clusters/blueprint.ts";
import type { RequestId, TeamId } from "../../domain/ids.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { Message } from "../../domain/message.ts";
import type { Plan, PlanStep, Proof } from "../../domain/requests/plan.ts";
import type { PreflightCheck } from "../../domain/requests/preflight.ts";
import type { Slot, Target } from "../../domain/requests/request.ts";
import type { Reservation } from "../../domain/requests/reservation.ts";
import type { Context } from "../context.ts";

/** The blueprint version a request is rendered with. */
export type BlueprintInUse = { readonly id: string; readonly version: number; readonly data: BlueprintData };

/** The approval policy in force: stored data. */
export type PolicyInUse = { readonly name: string; readonly slots: readonly Slot[] };

/** What is shown beside a plan and never hashed. */
export type PlanNotes = {
  readonly title: Message;
  readonly summary: readonly Message[];
  readonly warnings: readonly Message[];
  readonly cost: JsonObject | null;
  readonly quota: JsonObject | null;
  readonly advice: JsonObject | null;
  readonly preflight?: readonly PreflightCheck[];
};

export type ObservedProof = Extract<Proof, { type: "observed" }>;
/** `result` is kept with the step as evidence. */
export type ProofAnswer =
  | { readonly done: true; readonly result: JsonObject }
  | { readonly done: false; readonly missing: Message; readonly raw?: string };

/**
 * One kind of request. The engine (plan, approval, delivery) knows this interface and nothing else of a kind.
 * `observe` may call other systems; `render` is pure and its plan is what people approve.
 */
export type RequestKind<Input = unknown, Facts = unknown> = {
  readonly name: string;
  readonly input: z.ZodType<Input>;
  /** False for kinds that only the system submits: they are not in `/request-kinds`. */
  readonly offered: boolean;
  /** The team on whose behalf the request acts, said by the input; null for system kinds. */
  readonly teamOf: (input: Input) => TeamId | null;
  readonly blueprintOf: (input: Input) => string | null;
  /** Reads what the plan depends on. `PRECONDITION`, `CONFLICT` and `INVALID` name the field, the rule and the way out; paths are relative to this kind's input. `own` is the request being resubmitted: what it reserves itself is not taken. */
  readonly observe: (ctx: Context, input: Input, team: TeamId | null, own?: RequestId) => Promise<Facts>;
  readonly render: (input: Input, blueprint: BlueprintInUse | null, facts: Facts) => Plan;
  readonly notes: (input: Input, blueprint: BlueprintInUse | null, facts: Facts) => PlanNotes;
  readonly slots: (plan: Plan, policy: PolicyInUse, team: TeamId | null) => readonly Slot[];
  readonly reserves: (plan: Plan) => readonly Reservation[];
  /** Names still reserved and free, quota, blueprint not withdrawn, live base objects unmoved: asked at approval and once before delivery. `own` is the request itself, whose reservations are not in its way. Throws when not. */
  readonly fresh: (ctx: Context, input: Input, plan: Plan, own?: RequestId) => Promise<void>;
  /** Which input field an object's refused field came from ("version"), so that a webhook's words stand beside it; null or absent: the refusal is shown for the object. */
  readonly inputPathOf?: (step: PlanStep, objectPath: string) => string | null;
  /**
   * Looks behind `await` steps whose proof is `observed`. Safe to repeat. `done` false says in one sentence what is still missing: the step
   * waits, and stops with that sentence when the proof's deadline has passed. Outages throw `UNAVAILABLE`: the step waits and says so.
   */
  readonly prove?: (ctx: Context, proof: ObservedProof, plan: Plan) => Promise<ProofAnswer>;
  /** The team that owns what the request is about, when another team may ask for it (a caller of a route); absent: the asking team owns it. */
  readonly ownerOf?: (input: Input) => TeamId | null;
  /** Do the watches still show the object, or can they not tell yet? While true, what a delivered request reserves is kept without asking the API server. Absent: always asked. */
  readonly mayStand?: (ctx: Context, target: Target) => boolean;
  /** Its plan awaits that every object of the target is gone, so that what the target's requests reserved is free the moment it is delivered. */
  readonly frees?: true;
  /** A sentence for lists: "Create cluster checkout-prod". */
  readonly describe: (target: Target) => Message;
  /** A whole acceptable input for the caller's team, or null when she has no account to use. */
  readonly example: (ctx: Context, team: TeamId) => Promise<JsonObject | null>;
  readonly visibilityOf: (input: Input) => "team" | "organisation";
};

/** The registry, built in lib/server/request-kinds.ts. */
export interface RequestKinds {
  /** `NOT_FOUND` `requests.unknownKind`. */
  get(name: string): RequestKind;
  list(): readonly RequestKind[];
}
