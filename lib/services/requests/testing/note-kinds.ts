import { z } from "zod";
import { TeamId } from "../../../domain/ids.ts";
import { message } from "../../../domain/message.ts";
import { PortalError } from "../../../domain/portal-error.ts";
import { hashOfJson } from "../../../domain/requests/content-hash.ts";
import { type Base, KubeObject, ObjectRef, type Plan, type PlanStep } from "../../../domain/requests/plan.ts";
import { targetKey } from "../../../domain/requests/request.ts";
import { intentOf } from "../../../manifests/intent.ts";
import type { Context } from "../../context.ts";
import { identityOf } from "../identity-of.ts";
import type { ObservedProof, PlanNotes, ProofAnswer, RequestKind } from "../request-kind.ts";
import { requestKind } from "../request-kinds.ts";

/** The smallest kinds that use every part of the engine: ConfigMaps that are created, changed and deleted. `parts` is how many; `clusters` is what they cost of the quota. */
export const NoteInput = z.strictObject({
  namespace: z.string(),
  name: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
  text: z.string().max(500),
  parts: z.int().min(1).max(9).default(1),
  clusters: z.int().min(0).default(0),
});
export type NoteInput = z.infer<typeof NoteInput>;

type Facts = { readonly managementCluster: string; readonly clusterUid: string; readonly bases: readonly Base[] };

const API_VERSION = "apiVersion";
const NOTES: Omit<PlanNotes, "title"> = { summary: [], warnings: [], cost: null, quota: null, advice: null };

export function noteRef(input: Pick<NoteInput, "namespace" | "name">, part: number): ObjectRef {
  return ObjectRef.parse({ [API_VERSION]: "v1", kind: "ConfigMap", namespace: input.namespace, name: `${input.name}-${part}` });
}

export function noteObject(input: NoteInput, part: number): KubeObject {
  const ref = noteRef(input, part);
  return KubeObject.parse({
    [API_VERSION]: ref.apiVersion,
    kind: ref.kind,
    metadata: { namespace: input.namespace, name: ref.name, labels: { "app.kubernetes.io/managed-by": "trellis" } },
    data: { text: input.text, part: String(part) },
  });
}

function parts(input: NoteInput): readonly number[] {
  return Array.from({ length: input.parts }, (_, index) => index + 1);
}

async function observe(ctx: Context, input: NoteInput): Promise<Facts> {
  const managementCluster = ctx.kube.ids()[0] ?? "";
  const cluster = ctx.kube.managementCluster(managementCluster);
  const bases = parts(input).map(async (part): Promise<Base> => {
    const live = await cluster.find(noteRef(input, part), { signal: ctx.signal });
    return live === null ? "absent" : { uid: identityOf(live).uid, intentHash: await hashOfJson(intentOf(live)) };
  });
  const [clusterUid, all] = await Promise.all([cluster.clusterUid({ signal: ctx.signal }), Promise.all(bases)]);
  return { managementCluster, clusterUid, bases: all };
}

async function fresh(ctx: Context, input: NoteInput, plan: Plan): Promise<void> {
  const now = await observe(ctx, input);
  const uidNow = plan.destinations.some(({ clusterUid }) => clusterUid === now.clusterUid);
  if (!uidNow) throw new PortalError("CONFLICT", "requests.delivery.otherCluster", { managementCluster: now.managementCluster });
  if (input.text === "never fresh")
    throw new PortalError("PRECONDITION", "requests.quotaExceeded", { team: "–", used: 0, quota: 0, amount: 0 });
}

function planOf(kind: string, input: NoteInput, facts: Facts, steps: readonly PlanStep[]): Plan {
  return {
    v: 1,
    kind,
    target: { managementCluster: facts.managementCluster, namespace: input.namespace, name: input.name },
    destinations: [{ id: facts.managementCluster, clusterUid: facts.clusterUid }],
    steps: [...steps],
    blueprintVersion: null,
  };
}

function noteKind(name: string, steps: (input: NoteInput, facts: Facts) => readonly PlanStep[]): RequestKind {
  return requestKind<NoteInput, Facts>({
    name,
    input: NoteInput,
    offered: !name.startsWith("system."),
    teamOf: (input) =>
      input.namespace.startsWith("team-") && !name.startsWith("system.") ? TeamId.parse(input.namespace.slice("team-".length)) : null,
    blueprintOf: () => null,
    observe,
    render: (input, _blueprint, facts) => planOf(name, input, facts, steps(input, facts)),
    notes: (input) => ({ ...NOTES, title: message("requests.untitled", { name: input.name }) }),
    slots: (_plan, policy) => policy.slots,
    reserves: (plan) =>
      name === "note.delete"
        ? []
        : [
            { type: "name", key: targetKey(plan.target) },
            { type: "quota", unit: "clusters", amount: clustersOf(plan) },
          ],
    fresh,
    describe: ({ name: title }) => message("requests.unknownKindTitle", { kind: name, name: title }),
    example: async (_ctx, team) => ({ namespace: `team-${team}`, name: "note", text: "an example" }),
    visibilityOf: () => "team",
  });
}

// What a note costs travels in its object, since `reserves` sees only the plan.
function clustersOf(plan: Plan): number {
  return (
    plan.steps.flatMap((step) =>
      step.op === "apply" && typeof step.object["clusters"] === "number" ? [step.object["clusters"]] : [],
    )[0] ?? 0
  );
}

const where = (facts: Facts) => ({ destination: facts.managementCluster, onFail: "stop" as const });

const applies = (input: NoteInput, facts: Facts): readonly PlanStep[] =>
  parts(input).map((part) => ({
    n: part,
    op: "apply",
    ...where(facts),
    proof: { type: "applied" },
    base: facts.bases[part - 1] ?? "absent",
    object: input.clusters === 0 ? noteObject(input, part) : { ...noteObject(input, part), clusters: input.clusters },
  }));

const deletes = (input: NoteInput, facts: Facts): readonly PlanStep[] =>
  parts(input).flatMap((part): PlanStep[] => [
    {
      n: part * 2 - 1,
      op: "delete",
      ...where(facts),
      proof: { type: "applied" },
      ref: noteRef(input, part),
      base: facts.bases[part - 1] ?? "absent",
    },
    { n: part * 2, op: "await", ...where(facts), proof: { type: "gone" }, ref: noteRef(input, part) },
  ]);

const proves = (input: NoteInput, facts: Facts): readonly PlanStep[] => [
  ...applies(input, facts),
  {
    n: input.parts + 1,
    op: "await",
    ...where(facts),
    proof: { type: "observed", name: "text", params: { text: input.text }, deadlineSeconds: 60 },
    ref: noteRef(input, 1),
  },
];

/** Done when the note says what the plan says: another hand may have changed it meanwhile. */
async function proveText(ctx: Context, proof: ObservedProof, { target, destinations }: Plan): Promise<ProofAnswer> {
  const live = await ctx.kube.cluster(destinations[0]?.id ?? "").find(noteRef(target, 1), { signal: ctx.signal });
  const data = Note.safeParse(live).data?.data;
  if (data?.proven === "yes") return { done: true, result: { text: data.text } };
  return { done: false, missing: message("requests.untitled"), raw: JSON.stringify(proof.params["text"]) };
}
const Note = z.object({ data: z.object({ text: z.string(), proven: z.optional(z.string()) }) });

/** `note.write` creates or changes, `note.delete` deletes and waits, `system.note` is only for the portal itself, `note.prove` waits for what another hand does, `note.ask` is asked for by another team. */
export const NOTE_KINDS: readonly RequestKind[] = [
  noteKind("note.write", applies),
  noteKind("note.delete", deletes),
  noteKind("system.note", applies),
  { ...noteKind("note.prove", proves), prove: proveText },
  { ...noteKind("note.end", deletes), reserves: () => [], frees: true },
  askKind(),
];

/** `note.ask`: team shop asks for a note in the namespace of whoever owns it. */
function askKind(): RequestKind {
  const { teamOf: ownerOf, ...kind } = noteKind("note.ask", applies);
  return { ...kind, teamOf: () => null, ownerOf };
}
