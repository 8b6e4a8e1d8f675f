import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContractDatabase } from "./contract.ts";
import { addUser, hashOf, later, noBootstrap, payments, shop } from "./contract-data.ts";
import type { BootstrapRows, DatabasePort } from "./port.ts";

const issuer = "https://issuer.example";
const file: BootstrapRows = {
  ...noBootstrap,
  mappings: [
    { type: "group", group: "pay-devs", grant: { teamId: payments, role: "developer" } },
    { type: "group", group: "admins", grant: { globalRole: "platform-admin" } },
    { type: "subject", issuer, subject: "lead", name: "The Lead", grant: { teamId: payments, role: "lead" } },
    { type: "subject", issuer, subject: "root", grant: { globalRole: "platform-admin" } },
  ],
  accounts: [
    {
      id: "pay-prod",
      awsAccountId: "444455556666",
      region: "ap-northeast-1",
      roleArn: "arn:aws:iam::444455556666:role/x",
      externalId: null,
      teams: [payments, shop],
      data: { zones: ["a"] },
    },
  ],
  policies: [{ name: "one", slots: [{ id: "p", role: "platform-admin" }] }],
  blueprints: [{ id: "eks", version: 1, data: { title: "EKS" }, policyName: "one", withdrawn: false }],
  prices: { asOf: "2026-11-22" },
  kindPolicies: { "cluster.delete": "one" },
  tokens: [
    {
      id: "t1",
      owner: { issuer, subject: "root", name: "Root" },
      name: "cli",
      hash: hashOf("token"),
      scopes: ["read", "write"],
      expiresAt: later(1e9),
    },
  ],
};

const anyDate: unknown = expect.any(Date);

/** The bootstrap file's rows: written once, changed by difference, people's rights with them. */
export function describeBootstrapContract(name: string, open: () => Promise<ContractDatabase>): void {
  describe(`bootstrap on ${name}`, () => {
    let opened: ContractDatabase;
    let db: DatabasePort;
    beforeAll(async () => {
      opened = await open();
      db = opened.database;
    });
    afterAll(() => opened.close());
    const apply = (rows: BootstrapRows) => db.transaction((tx) => tx.tenancy.applyBootstrap(rows));

    it("writes everything, a second time nothing, also when two start together", async () => {
      const [one, two] = await Promise.all([apply(file), apply(file)]);
      expect([one, two].map(({ changes }) => changes.length === 0).sort()).toEqual([false, true]);
      expect(await apply(file)).toEqual({ changes: [], affectedUsers: [] });
      const { tenancy } = db.read;
      expect(await tenancy.listTeams()).toMatchObject([
        { id: "payments", clusterQuota: 20, memberCount: 1 },
        { id: "shop", memberCount: 0 },
      ]);
      expect(await tenancy.listAccounts()).toEqual(file.accounts);
      expect(await tenancy.findPolicy("one")).toMatchObject({ version: 1, slots: file.policies[0]?.slots, author: null });
      expect(await tenancy.findBlueprint("eks")).toMatchObject({ version: 1, data: { title: "EKS" }, withdrawnAt: null, author: null });
      expect(await tenancy.listMappings()).toHaveLength(4);
      expect(await tenancy.prices()).toEqual(file.prices);
      expect(await tenancy.kindPolicies()).toEqual(file.kindPolicies);
    });

    it("gives named people their rights before they ever sign in, and their tokens with them", async () => {
      const [lead] = await db.read.tenancy.listMembers(payments);
      expect(lead).toMatchObject({ user: { subject: "lead", name: "The Lead" }, role: "lead", source: "manual" });
      const token = await db.read.people.findToken(hashOf("token"));
      if (token === null) throw new Error("no token");
      expect(await db.read.people.findRights(token.userId)).toMatchObject({ user: { subject: "root" }, globalRoles: ["platform-admin"] });
    });

    it("changes what differs, names who is affected, and keeps what the file leaves out", async () => {
      const before = await db.read.people.findToken(hashOf("token"));
      const changed = await apply({
        ...file,
        teams: [{ id: payments, description: "Payments", clusterQuota: 5 }],
        mappings: file.mappings.filter((mapping) => mapping.type === "group" || mapping.subject !== "lead"),
        accounts: file.accounts.map((account) => ({ ...account, teams: [payments], data: { zones: ["b"] } })),
        policies: [{ name: "one", slots: [] }],
        blueprints: [
          ...file.blueprints.map((blueprint) => ({ ...blueprint, withdrawn: true })),
          { id: "eks", version: 2, data: {}, policyName: "one", withdrawn: false },
        ],
        tokens: [],
      });
      const [lead] = [await db.read.people.upsertUser({ issuer, subject: "lead", name: "The Lead", email: null })];
      expect(changed.affectedUsers).toEqual([lead.id, before?.userId].sort());
      expect(changed.changes.join("\n")).toMatch(
        /quota 20 to 5[\s\S]*account pay-prod changed[\s\S]*no longer for team shop[\s\S]*policy one version 2[\s\S]*version 2 published[\s\S]*version 1 withdrawn/,
      );
      expect((await db.read.people.findToken(hashOf("token")))?.revokedAt).not.toBeNull();
      expect(await db.read.tenancy.findTeam(shop)).toMatchObject({ clusterQuota: 3 });
      expect(await db.read.tenancy.findBlueprint("eks", 1)).toMatchObject({ withdrawnAt: anyDate });
      expect(await db.read.tenancy.listBlueprints()).toMatchObject([{ id: "eks", version: 2 }]);
      expect(await db.read.tenancy.listPolicies()).toMatchObject([{ name: "one", version: 2, slots: [] }]);
    });

    it("takes a right from those who had it by a group when no group gives it any more", async () => {
      const user = await addUser(db);
      await db.transaction((tx) =>
        tx.people.replaceIdpRights(user.id, { globalRoles: ["platform-admin"], memberships: [{ teamId: payments, role: "developer" }] }),
      );
      const { affectedUsers } = await apply({
        ...file,
        tokens: [],
        blueprints: [],
        mappings: [{ type: "group", group: "pay-devs", grant: { teamId: payments, role: "developer" } }],
      });
      expect(affectedUsers).toContain(user.id);
      expect(await db.read.people.findRights(user.id)).toMatchObject({
        globalRoles: [],
        memberships: [{ teamId: payments, role: "developer" }],
      });
    });

    it("refuses other content under a published version and then writes nothing at all", async () => {
      const rows: BootstrapRows = {
        ...file,
        teams: [{ id: payments, description: "changed", clusterQuota: 1 }],
        blueprints: [{ id: "eks", version: 1, data: { title: "other" }, policyName: "one", withdrawn: false }],
      };
      await expect(apply(rows)).rejects.toMatchObject({
        code: "PRECONDITION",
        key: "database.blueprintChanged",
        values: { id: "eks", version: 1 },
      });
      expect((await db.read.tenancy.findTeam(payments))?.description).toBe("Payments");
    });

    it("remembers who changed a team within the time asked for", async () => {
      const user = await addUser(db);
      await db.transaction((tx) => tx.tenancy.recordTenancyEdit(shop, user.id, later(0)));
      expect(await db.read.tenancy.listTenancyEditors(shop, later(0))).toEqual([user.id]);
      expect(await db.read.tenancy.listTenancyEditors(shop, later(1))).toEqual([]);
      expect(await db.read.tenancy.listTenancyEditors(payments, later(0))).toEqual([]);
    });
  });
}
