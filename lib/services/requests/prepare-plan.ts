import { BlueprintData } from "../../domain/clusters/blueprint.ts";
import type { RequestId, TeamId } from "../../domain/ids.ts";
import type { JsonObject, JsonValue } from "../../domain/json.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { contentHash, planBytes } from "../../domain/requests/content-hash.ts";
import type { StoredImpact } from "../../domain/requests/impact.ts";
import type { Admitted, Plan } from "../../domain/requests/plan.ts";
import type { PreflightCheck } from "../../domain/requests/preflight.ts";
import { Slot } from "../../domain/requests/request.ts";
import type { Context } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { dryRunPlan, type StepLook } from "./dry-run-plan.ts";
import { prefixFields } from "./prefix-fields.ts";
import type { BlueprintInUse, PlanNotes, PolicyInUse, RequestKind } from "./request-kind.ts";
import { toJson } from "./to-json.ts";
import { toBase } from "./to-plan-steps.ts";

/** Whoever wrote the blueprint version or the policy: a contributor, also before her first sign-in. */
export type Author = { readonly issuer: string; readonly subject: string; readonly reason: "blueprint-author" | "policy-author" };

/** Everything a request is made of, rendered once. Nothing of it is stored yet. */
export type PreparedPlan = {
  readonly kind: RequestKind;
  /** The owner of what the request is about. */
  readonly team: TeamId | null;
  /** The team that asks, when it is not the owner. */
  readonly askingTeam: TeamId | null;
  readonly input: JsonValue;
  readonly plan: Plan;
  readonly bytes: string;
  readonly hash: string;
  readonly admitted: readonly Admitted[];
  readonly policy: PolicyInUse;
  readonly slots: readonly Slot[];
  readonly notes: JsonObject;
  readonly preflight: readonly PreflightCheck[];
  readonly visibility: "team" | "organisation";
  readonly authors: readonly Author[];
};

export type PlanQuestion = { readonly kind: string; readonly team: TeamId | null; readonly input: unknown; readonly own?: RequestId };

/**
 * Parse → observe → render → canonical bytes and hash → dry run (product.md §5). Calls other systems, so never inside a transaction.
 * `INVALID`, `CONFLICT` and `PRECONDITION` name fields below `input.`; `NOT_FOUND` for another team's things.
 */
export async function preparePlan(ctx: Context, question: PlanQuestion): Promise<PreparedPlan> {
  const kind = ctx.kinds.get(question.kind);
  const input = await prefixFields(() => parseInput(kind.input, question.input));
  const { team } = question;
  const named = kind.teamOf(input);
  if (named !== null && named !== team) throw new PortalError("NOT_FOUND", "notFound");
  const owner = kind.ownerOf?.(input) ?? team;
  const { blueprint, policy, authors } = await rulesOf(ctx, kind, kind.blueprintOf(input));
  const facts = await prefixFields(() => kind.observe(ctx, input, team, question.own));
  const plan = await prefixFields(() => kind.render(input, blueprint, facts));
  const bytes = planBytes(plan);
  const notes = kind.notes(input, blueprint, facts);
  const impact = await ctx.impactOf(ctx, { kind: kind.name, target: plan.target });
  const looks = await dryRunPlan(ctx, plan);
  return {
    kind,
    team: owner,
    askingTeam: owner === team ? null : team,
    input: toJson(input),
    plan,
    bytes,
    hash: await contentHash(bytes),
    admitted: looks.map(({ admitted }) => admitted),
    policy,
    slots: kind.slots(plan, policy, owner),
    notes: toNotes(notes, impact, looks),
    preflight: notes.preflight ?? [],
    visibility: kind.visibilityOf(input),
    authors,
  };
}

type Rules = { readonly blueprint: BlueprintInUse | null; readonly policy: PolicyInUse; readonly authors: readonly Author[] };

async function rulesOf(ctx: Context, kind: RequestKind, blueprintId: string | null): Promise<Rules> {
  const { tenancy } = ctx.db.read;
  if (blueprintId === null) return { blueprint: null, ...(await policyOf(ctx, (await tenancy.kindPolicies())[kind.name])) };
  const record = await tenancy.findBlueprint(blueprintId);
  if (record === null)
    throw new PortalError(
      "INVALID",
      "input.refused",
      { count: 1 },
      { fields: [{ path: "input.blueprint", key: "requests.unknownBlueprint", values: { blueprint: blueprintId } }] },
    );
  if (record.withdrawnAt !== null)
    throw new PortalError(
      "PRECONDITION",
      "requests.blueprintWithdrawn",
      { blueprint: blueprintId },
      { fields: [{ path: "input.blueprint", key: "requests.blueprintWithdrawn", values: { blueprint: blueprintId } }] },
    );
  const { policy, authors } = await policyOf(ctx, record.policyName);
  const author: readonly Author[] = record.author === null ? [] : [{ ...record.author, reason: "blueprint-author" }];
  return {
    blueprint: { id: record.id, version: record.version, data: BlueprintData.parse(record.data) },
    policy,
    authors: [...author, ...authors],
  };
}

async function policyOf(ctx: Context, name: string | undefined): Promise<Omit<Rules, "blueprint">> {
  const record = name === undefined ? null : await ctx.db.read.tenancy.findPolicy(name);
  if (record === null) throw new PortalError("PRECONDITION", "requests.noPolicy", { policy: name ?? "–" });
  const policy = { name: record.name, slots: record.slots.map((slot) => Slot.parse(slot)) };
  return { policy, authors: record.author === null ? [] : [{ ...record.author, reason: "policy-author" }] };
}

function toNotes(notes: PlanNotes, impact: StoredImpact | null, looks: readonly StepLook[]): JsonObject {
  const bases = Object.fromEntries(
    looks.flatMap(({ admitted, live }) => (live === null ? [] : [[String(admitted.n), toBase(live)] as const])),
  );
  return {
    title: toJson(notes.title),
    summary: toJson(notes.summary),
    warnings: toJson(notes.warnings),
    cost: notes.cost,
    quota: notes.quota,
    advice: notes.advice,
    preflight: notes.preflight === undefined ? null : toJson(notes.preflight),
    impact: toJson(impact),
    bases,
  };
}
