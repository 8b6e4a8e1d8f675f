import { z } from "zod";

const common = ["ACTIVE", "CREATE_IN_PROGRESS", "CREATE_FAILED", "DELETE_IN_PROGRESS", "DELETE_FAILED"] as const;
const CommonStatus = z.enum(common);
const VpcStatus = z.enum([...common, "UPDATE_IN_PROGRESS", "UPDATE_FAILED"]);
const why = { failureCode: z.string().optional(), failureMessage: z.string().optional() };

/**
 * A status that holds whatever the clock says; one that is not of a deletion holds until the deletion begins. `match` is the id, the ARN or the name of the resource; an association is also matched by
 * the id or name of its service, or by its VPC; `*` matches all of the kind, those yet to come included.
 */
export const ForcedStatus = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("service"), match: z.string().min(1), status: CommonStatus, ...why }),
  z.strictObject({ kind: z.literal("target-group"), match: z.string().min(1), status: CommonStatus, ...why }),
  z.strictObject({ kind: z.literal("service-association"), match: z.string().min(1), status: CommonStatus, ...why }),
  z.strictObject({ kind: z.literal("vpc-association"), match: z.string().min(1), status: VpcStatus, ...why }),
]);
export type ForcedStatus = z.infer<typeof ForcedStatus>;
export type ForcedKind = ForcedStatus["kind"];

type Forced<Kind extends ForcedKind> = Extract<ForcedStatus, { kind: Kind }>;
type Tables = { [Kind in ForcedKind]: Map<string, Forced<Kind>> };

export function createForcedStatuses(kept: readonly ForcedStatus[] = []) {
  const tables: Tables = { service: new Map(), "target-group": new Map(), "service-association": new Map(), "vpc-association": new Map() };
  function force(one: ForcedStatus): void {
    switch (one.kind) {
      case "service":
        tables.service.set(one.match, one);
        break;
      case "target-group":
        tables["target-group"].set(one.match, one);
        break;
      case "service-association":
        tables["service-association"].set(one.match, one);
        break;
      case "vpc-association":
        tables["vpc-association"].set(one.match, one);
        break;
    }
  }
  for (const one of kept) force(one);
  return {
    force,
    /** Frees one match, or every match of a kind. */
    free: (kind: ForcedKind, match?: string) => {
      if (match === undefined) tables[kind].clear();
      else tables[kind].delete(match);
    },
    find: <Kind extends ForcedKind>(kind: Kind, names: readonly string[]): Forced<Kind> | null => {
      const table = tables[kind];
      if (table.size === 0) return null;
      for (const name of [...names, "*"]) {
        const found = table.get(name);
        if (found) return found;
      }
      return null;
    },
    list: (): ForcedStatus[] => Object.values(tables).flatMap((table): ForcedStatus[] => [...table.values()]),
  };
}
export type ForcedStatuses = ReturnType<typeof createForcedStatuses>;
