import type { BootstrapFile } from "./bootstrap.ts";
import { BOOTSTRAP_POLICY, TENANCY_BOOTSTRAP } from "./check-bootstrap.ts";
import type { Grant } from "./rights-of.ts";

type Mapping =
  | { readonly type: "group"; readonly group: string; readonly grant: Grant }
  | { readonly type: "subject"; readonly issuer: string; readonly subject: string; readonly name?: string; readonly grant: Grant };

/** The file as the rows that the database keeps, with the portal's own policy for its own requests. */
export function bootstrapRows(file: BootstrapFile) {
  return {
    teams: file.teams.map(({ id, description, quota }) => ({ id, description, clusterQuota: quota.clusters })),
    mappings: mappingsOf(file),
    accounts: file.accounts.map(({ id, awsAccountId, region, roleArn, externalId, teams, ...data }) => ({
      id,
      awsAccountId,
      region,
      roleArn,
      externalId: externalId ?? null,
      teams: [...new Set(teams)],
      data,
    })),
    policies: [...file.policies, { name: BOOTSTRAP_POLICY, slots: [] }],
    blueprints: file.blueprints.map(({ id, version, data, policy, withdrawn }) => ({ id, version, data, policyName: policy, withdrawn })),
    prices: file.prices,
    networking: file.networking,
    kindPolicies: { ...file.kindPolicies, [TENANCY_BOOTSTRAP]: BOOTSTRAP_POLICY },
    tokens: file.tokens.map(({ name, owner, hash, scopes, expiresAt }) => ({
      // A new hash under an old name is a new token; the old one is revoked.
      id: `${name}-${hash.slice(0, 12)}`,
      owner: { issuer: owner.issuer, subject: owner.subject, name: owner.name ?? owner.subject },
      name,
      hash,
      scopes,
      expiresAt: new Date(expiresAt),
    })),
  };
}

function mappingsOf({ teams, globalRoles }: BootstrapFile): readonly Mapping[] {
  return [
    ...teams.flatMap(({ id, groups, members }) => [
      ...groups.map(({ group, role }) => groupMapping(group, { teamId: id, role })),
      ...members.map(({ role, ...subject }) => subjectMapping(subject, { teamId: id, role })),
    ]),
    ...globalRoles.groups.map(({ group, role }) => groupMapping(group, { globalRole: role })),
    ...globalRoles.members.map(({ role, ...subject }) => subjectMapping(subject, { globalRole: role })),
  ];
}

function groupMapping(group: string, grant: Grant): Mapping {
  return { type: "group", group, grant };
}

function subjectMapping(
  { issuer, subject, name }: { readonly issuer: string; readonly subject: string; readonly name?: string },
  grant: Grant,
): Mapping {
  return { type: "subject", issuer, subject, ...(name === undefined ? {} : { name }), grant };
}
