import { z } from "zod";
import type { BlueprintRecord, Repositories } from "../../adapters/database/port.ts";
import { BlueprintData } from "../../domain/clusters/blueprint.ts";
import { Slot } from "../../domain/requests/request.ts";

/** A blueprint as forms and REST see it: the newest version with the policy that decides its requests. */
export const BlueprintView = z.strictObject({
  id: z.string(),
  version: z.int(),
  withdrawn: z.boolean(),
  policy: z.string(),
  slots: z.array(Slot),
  data: BlueprintData,
});
export type BlueprintView = z.infer<typeof BlueprintView>;

export async function toBlueprintView(reads: Pick<Repositories, "tenancy">, record: BlueprintRecord): Promise<BlueprintView> {
  const policy = await reads.tenancy.findPolicy(record.policyName);
  return {
    id: record.id,
    version: record.version,
    withdrawn: record.withdrawnAt !== null,
    policy: record.policyName,
    slots: z.array(Slot).parse(policy?.slots ?? []),
    data: BlueprintData.parse(record.data),
  };
}
