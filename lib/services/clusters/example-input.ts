import type { BlueprintRecord } from "../../adapters/database/port.ts";
import { checkAgainstBlueprint } from "../../domain/clusters/check-against-blueprint.ts";
import { CreateClusterInput } from "../../domain/clusters/create-cluster-input.ts";
import type { TeamId } from "../../domain/ids.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { BootstrapAccount } from "../../domain/tenancy/bootstrap.ts";
import type { Context } from "../context.ts";
import { toAccount, toBlueprint } from "./read-catalog.ts";

const EXAMPLE_NAME = "my-cluster";

/** A whole acceptable input of the first blueprint that the team has an account for; null without one. */
export async function exampleForTeam(ctx: Context, team: TeamId): Promise<JsonObject | null> {
  const blueprints = await ctx.db.read.tenancy.listBlueprints();
  for (const record of blueprints.filter(({ withdrawnAt }) => withdrawnAt === null)) {
    const example = await exampleOf(ctx, record, team);
    if (example !== null) return example;
  }
  return null;
}

/** The blueprint's example, completed for an account of the team. Only the name is left to choose. */
export async function exampleOf(ctx: Context, record: BlueprintRecord, team: TeamId): Promise<CreateClusterInput | null> {
  const blueprint = toBlueprint(record);
  const accounts = (await ctx.db.read.tenancy.listAccounts()).filter(({ teams }) => teams.includes(team)).map(toAccount);
  for (const account of accounts) {
    const parsed = CreateClusterInput.safeParse({
      ...blueprint.data.example,
      ...networkFor(blueprint.data.network.mode, account),
      blueprint: record.id,
      account: account.id,
      name: EXAMPLE_NAME,
    });
    if (parsed.success && checkAgainstBlueprint({ input: parsed.data, blueprint: blueprint.data, account, team }).length === 0)
      return parsed.data;
  }
  return null;
}

function networkFor(mode: "managed" | "existing", account: BootstrapAccount): JsonObject {
  const vpc = account.vpcs[0];
  if (mode === "managed" || vpc === undefined) return {};
  return { network: { mode, vpcId: vpc.id, subnetIds: vpc.subnets.map(({ id }) => id) } };
}
