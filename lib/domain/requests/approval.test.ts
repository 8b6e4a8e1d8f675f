import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TeamId, UserId } from "../ids.ts";
import { type ApprovalFacts, type ContributorReason, mayDecide, openSlots, type Voter } from "./approval.ts";
import { REQUEST_STATES } from "./request.ts";

const id = (n: number) => UserId.parse(`00000000-0000-4000-8000-00000000000${n}`);
const payments = TeamId.parse("payments");
const admin = (n: number): Voter => ({ userId: id(n), globalRoles: ["platform-admin"], memberships: [] });
const lead = (n: number, team = payments): Voter => ({ userId: id(n), globalRoles: [], memberships: [{ teamId: team, role: "lead" }] });
const developer: Voter = { userId: id(5), globalRoles: [], memberships: [{ teamId: payments, role: "developer" }] };
const waiting: ApprovalFacts = {
  state: "waiting",
  slots: [
    { id: "platform", role: "platform-admin" },
    { id: "lead", role: "team-lead", team: "payments" },
  ],
  votes: [],
  contributors: [{ userId: id(1), reason: "submitted" }],
};

describe("mayDecide", () => {
  it("gives each person the first open slot she fits", () => {
    expect(mayDecide(waiting, admin(2))).toEqual({ allowed: true, slot: waiting.slots[0] });
    expect(mayDecide(waiting, lead(3))).toEqual({ allowed: true, slot: waiting.slots[1] });
  });

  it("refuses a contributor whatever rights she has now", () => {
    const everything: Voter = { userId: id(1), globalRoles: ["platform-admin"], memberships: [{ teamId: payments, role: "lead" }] };
    for (const reason of ["submitted", "blueprint-author", "policy-author", "tenancy-editor"] satisfies ContributorReason[]) {
      expect(mayDecide({ ...waiting, contributors: [{ userId: id(1), reason }] }, everything)).toMatchObject({
        allowed: false,
        refusal: "four-eyes",
        why: { messageKey: `requests.why.contributor.${reason}` },
      });
    }
  });

  it("lets nobody fill two slots of a revision", () => {
    const both: Voter = { userId: id(2), globalRoles: ["platform-admin"], memberships: [{ teamId: payments, role: "lead" }] };
    expect(mayDecide({ ...waiting, votes: [{ slotId: "platform", approverId: id(2), decision: "approve" }] }, both)).toMatchObject({
      allowed: false,
      refusal: "voted",
    });
  });

  it.each([
    ["a developer", developer],
    ["the lead of another team", lead(4, TeamId.parse("shop"))],
    ["a viewer", { userId: id(6), globalRoles: ["viewer"], memberships: [] } satisfies Voter],
  ])("refuses %s and names who could", (_, voter) => {
    expect(mayDecide(waiting, voter)).toMatchObject({
      allowed: false,
      refusal: "role",
      why: { messageKey: "requests.why.role", values: { who: { messageKey: "requests.slot.platform-admin" } } },
    });
  });

  it("refuses a lead slot that names no team", () => {
    expect(mayDecide({ ...waiting, slots: [{ id: "lead", role: "team-lead" }] }, lead(3))).toMatchObject({
      allowed: false,
      refusal: "role",
    });
  });

  it.each(REQUEST_STATES.filter((state) => state !== "waiting"))("refuses a decision on a request that is %s", (state) => {
    expect(mayDecide({ ...waiting, state }, admin(2))).toMatchObject({ allowed: false, refusal: "state" });
  });

  it("needs as many different people as there are slots", () => {
    const votersOf = fc.array(fc.record({ n: fc.integer({ min: 1, max: 6 }), admin: fc.boolean(), lead: fc.boolean() }), { maxLength: 12 });
    fc.assert(
      fc.property(votersOf, (clicks) => {
        let facts = waiting;
        for (const click of clicks) {
          const voter: Voter = {
            userId: id(click.n),
            globalRoles: click.admin ? ["platform-admin"] : [],
            memberships: click.lead ? [{ teamId: payments, role: "lead" }] : [],
          };
          const answer = mayDecide(facts, voter);
          if (answer.allowed)
            facts = { ...facts, votes: [...facts.votes, { slotId: answer.slot.id, approverId: voter.userId, decision: "approve" }] };
        }
        const people = new Set(facts.votes.map(({ approverId }) => approverId));
        expect(people.size).toBe(facts.votes.length);
        expect(people.has(id(1))).toBe(false);
        expect(openSlots(facts)).toHaveLength(facts.slots.length - people.size);
      }),
    );
  });
});
