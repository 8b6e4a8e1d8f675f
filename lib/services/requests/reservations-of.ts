import { PortalError } from "../../domain/portal-error.ts";
import type { Plan } from "../../domain/requests/plan.ts";
import type { RequestKind } from "./request-kind.ts";

/** What a plan holds: names from submit on, clusters of the team's quota from approval on. */
export type Reserved = {
  readonly name: string | null;
  readonly awsName: string | null;
  readonly keys: readonly string[];
  readonly clusters: number;
};

export function reservationsOf(kind: RequestKind, plan: Plan): Reserved {
  let reserved: Reserved = { name: null, awsName: null, keys: [], clusters: 0 };
  for (const reservation of kind.reserves(plan)) {
    if (reservation.type === "name") reserved = { ...reserved, name: reservation.key };
    if (reservation.type === "aws-name") reserved = { ...reserved, awsName: reservation.key };
    if (reservation.type === "key") reserved = { ...reserved, keys: [...reserved.keys, reservation.key] };
    if (reservation.type === "quota") reserved = { ...reserved, clusters: reserved.clusters + reservation.amount };
  }
  return reserved;
}

/** A request that ended without an object holds nothing any more. */
export const NOTHING_RESERVED = {
  reservedName: null,
  reservedAwsName: null,
  reservedKeys: [],
  reservedClusters: 0,
  activeTargetKey: null,
} as const;

/** Runs a write that may meet a held name. `CONFLICT` `requests.nameReserved`, `requests.awsNameReserved` (field `input.name`), `requests.keyReserved` (who holds it), `requests.targetBusy`. */
export async function namingReservations<T>(names: Pick<Reserved, "name" | "awsName">, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof PortalError) || error.key !== "database.taken") throw error;
    const constraint = String(error.values["constraint"] ?? "")
      .toLowerCase()
      .replaceAll("_", "");
    if (constraint.includes("activetargetkey")) throw new PortalError("CONFLICT", "requests.targetBusy", {}, { cause: error });
    if (constraint.includes("reservedawsname")) throw taken("requests.awsNameReserved", names.awsName, error);
    if (constraint.includes("reservedkey"))
      throw new PortalError(
        "CONFLICT",
        "requests.keyReserved",
        { name: lastPart(String(error.values["key"] ?? "")), request: String(error.values["holder"] ?? "") },
        { cause: error },
      );
    if (constraint.includes("reservedname")) throw taken("requests.nameReserved", names.name, error);
    throw error;
  }
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

function taken(key: string, name: string | null, cause: PortalError): PortalError {
  const values = { name: lastPart(name ?? "") };
  return new PortalError("CONFLICT", key, values, { cause, fields: [{ path: "input.name", key, values }] });
}
