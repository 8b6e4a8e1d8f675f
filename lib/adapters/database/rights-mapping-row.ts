import { z } from "zod";
import { TeamId } from "../../domain/ids.ts";
import { canonicalJson } from "../../domain/requests/canonical-json.ts";
import { GLOBAL_ROLES, TEAM_ROLES } from "../../domain/tenancy/actor.ts";
import type { RightsMapping as MappingRow } from "./generated/client.ts";
import type { RightsGrant, RightsMapping } from "./port.ts";

/** The row of a mapping; its key is the mapping's canonical text. */
export function toMappingRow(mapping: RightsMapping): MappingRow {
  const who =
    mapping.type === "group"
      ? { group: mapping.group, issuer: null, subject: null }
      : { group: null, issuer: mapping.issuer, subject: mapping.subject };
  const { grant } = mapping;
  const what =
    "globalRole" in grant
      ? { global: grant.globalRole, teamId: null, teamRole: null }
      : { global: null, teamId: grant.teamId, teamRole: grant.role };
  const row = { type: mapping.type, ...who, ...what };
  return { key: canonicalJson(row), ...row };
}

/** Throws for a row that the table's CHECK would refuse. */
export function fromMappingRow(row: MappingRow): RightsMapping {
  const grant: RightsGrant =
    row.global === null
      ? { teamId: TeamId.parse(row.teamId), role: z.enum(TEAM_ROLES).parse(row.teamRole) }
      : { globalRole: z.enum(GLOBAL_ROLES).parse(row.global) };
  if (row.type === "group") return { type: "group", group: z.string().parse(row.group), grant };
  return { type: "subject", issuer: z.string().parse(row.issuer), subject: z.string().parse(row.subject), grant };
}
