import { z } from "zod";
import { JsonObject, JsonValue } from "../json.ts";
import { Message } from "../message.ts";
import { Impact } from "./impact.ts";
import { ObjectRef } from "./plan.ts";
import { PreflightCheck } from "./preflight.ts";
import { Decision, RequestState, Slot, Target } from "./request.ts";

const instant = z.iso.datetime();

/** Somebody as others see her: never an e-mail address. */
export const PersonView = z.strictObject({ id: z.string(), name: z.string() });
export type PersonView = z.infer<typeof PersonView>;

/** One approval that the policy demands. `who` says it in words: "a platform admin". */
export const SlotView = z.strictObject({ ...Slot.shape, who: Message, filledBy: z.nullable(PersonView), filledAt: z.nullable(instant) });
export type SlotView = z.infer<typeof SlotView>;

/** Whether the reader may do something now, and when not, the sentence that says who could or what is in the way. */
export const Permitted = z.strictObject({ allowed: z.boolean(), why: z.nullable(Message) });
export type Permitted = z.infer<typeof Permitted>;

/** One row of the request list and of the inbox. `sentence` says what happens now and who acts next. */
export const RequestRowView = z.strictObject({
  id: z.string(),
  kind: z.string(),
  team: z.nullable(z.string()),
  state: RequestState,
  contentHash: z.string(),
  target: Target,
  revision: z.int(),
  purpose: z.string(),
  title: Message,
  sentence: Message,
  requester: z.nullable(PersonView),
  submittedAt: instant,
  updatedAt: instant,
  expiresAt: instant,
  endedAt: z.nullable(instant),
  blueprintVersion: z.nullable(z.string()),
  slotsOpen: z.int(),
  slotsTotal: z.int(),
});
export type RequestRowView = z.infer<typeof RequestRowView>;

/** One step of the plan as people read it. `yaml` is what is applied (null for delete and await); `baseYaml` what Trellis sent before, as it was at submit (null when the object is new). */
export const PlanStepView = z.strictObject({
  n: z.int(),
  op: z.enum(["apply", "delete", "await"]),
  change: z.enum(["create", "change", "delete", "await"]),
  destination: z.string(),
  ref: ObjectRef,
  yaml: z.nullable(z.string()),
  baseYaml: z.nullable(z.string()),
  after: z.nullable(z.int()),
  /** What delivery looks for behind an `await` step, when that is more than the object being gone. */
  proof: z.nullable(z.string()),
});
export type PlanStepView = z.infer<typeof PlanStepView>;

/** What admission made of one step's object. `message` and `fields` quote the API server; `yaml` is the admitted object (for an existing one: its difference from the live object). */
export const AdmittedView = z.strictObject({
  n: z.int(),
  ref: ObjectRef,
  result: z.enum(["admitted", "refused", "after", "unavailable"]),
  hash: z.nullable(z.string()),
  yaml: z.nullable(z.string()),
  warnings: z.array(z.string()),
  message: z.nullable(z.string()),
  fields: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  step: z.nullable(z.int()),
});
export type AdmittedView = z.infer<typeof AdmittedView>;

/** Shown beside a plan, never hashed. `cost`, `quota`, `advice` are what the kind wrote. */
export const NotesView = z.strictObject({
  summary: z.array(Message),
  warnings: z.array(Message),
  cost: z.nullable(JsonObject),
  quota: z.nullable(JsonObject),
  advice: z.nullable(JsonObject),
  /** Looks that were made before anything is written; null for kinds that make none. */
  preflight: z.nullable(z.array(PreflightCheck)),
  /** Who would feel it, as the reader may know; null for kinds that take nothing away. */
  impact: z.nullable(Impact),
});
export type NotesView = z.infer<typeof NotesView>;

/** What stopped a delivery, or what it waits for. `raw` quotes the outside system. */
export const DeliveryProblemView = z.strictObject({
  code: z.string(),
  sentence: Message,
  raw: z.nullable(z.string()),
  fields: z.array(z.strictObject({ path: z.string(), raw: z.nullable(z.string()) })),
});
export type DeliveryProblemView = z.infer<typeof DeliveryProblemView>;

export const StepView = z.strictObject({
  n: z.int(),
  op: z.enum(["apply", "delete", "await"]),
  label: Message,
  state: z.enum(["pending", "running", "waiting", "done", "failed"]),
  attempts: z.int(),
  startedAt: z.nullable(instant),
  endedAt: z.nullable(instant),
  nextTryAt: z.nullable(instant),
  problem: z.nullable(DeliveryProblemView),
});
export type StepView = z.infer<typeof StepView>;

export const ApprovalView = z.strictObject({
  revision: z.int(),
  slot: z.nullable(z.string()),
  approver: PersonView,
  decision: Decision,
  contentHash: z.string(),
  comment: z.nullable(z.string()),
  at: instant,
});
export const CommentView = z.strictObject({ id: z.string(), author: PersonView, text: z.string(), at: instant });
export const RevisionView = z.strictObject({
  revision: z.int(),
  contentHash: z.string(),
  submittedBy: z.nullable(PersonView),
  at: instant,
});
export const ContributorView = z.strictObject({
  person: PersonView,
  reason: z.enum(["submitted", "blueprint-author", "policy-author", "tenancy-editor"]),
});
export type ContributorView = z.infer<typeof ContributorView>;

/** The request page and every answer about one request. `can` is the reader's own. */
export const RequestView = z.strictObject({
  ...RequestRowView.shape,
  /** True for the team that asked for something of another team: her own input, the state and the slots, never the owner's plan. */
  limited: z.boolean(),
  askingTeam: z.nullable(z.string()),
  policy: z.string(),
  visibility: z.enum(["team", "organisation"]),
  decidedAt: z.nullable(instant),
  input: JsonValue,
  slots: z.array(SlotView),
  approvals: z.array(ApprovalView),
  comments: z.array(CommentView),
  revisions: z.array(RevisionView),
  contributors: z.array(ContributorView),
  plan: z.array(PlanStepView),
  admitted: z.array(AdmittedView),
  steps: z.array(StepView),
  notes: NotesView,
  failure: z.nullable(DeliveryProblemView),
  can: z.strictObject({
    approve: Permitted,
    sendBack: Permitted,
    reject: Permitted,
    withdraw: Permitted,
    resubmit: Permitted,
    retry: Permitted,
    comment: Permitted,
  }),
});
export type RequestView = z.infer<typeof RequestView>;

/** The answer of `POST /plans`: what a request with this input would be. Nothing of it is stored. `acceptable` is false while admission refuses an object. */
export const PlanView = z.strictObject({
  kind: z.string(),
  team: z.nullable(z.string()),
  /** True when another team owns the thing: its plan is not shown. */
  limited: z.boolean(),
  target: Target,
  title: Message,
  contentHash: z.string(),
  blueprintVersion: z.nullable(z.string()),
  policy: z.string(),
  slots: z.array(z.strictObject({ ...Slot.shape, who: Message })),
  plan: z.array(PlanStepView),
  admitted: z.array(AdmittedView),
  notes: NotesView,
  acceptable: z.boolean(),
});
export type PlanView = z.infer<typeof PlanView>;

/** One line of the inbox: `waitsFor` says what the reader is asked for. */
export const InboxRowView = z.strictObject({ ...RequestRowView.shape, waitsFor: z.enum(["decision", "edit", "retry"]) });
export type InboxRowView = z.infer<typeof InboxRowView>;
