import { z } from "zod";
import { TeamId, UserId } from "../../domain/ids.ts";
import type { JsonObject, JsonValue } from "../../domain/json.ts";
import type { Admitted } from "../../domain/requests/plan.ts";
import { RequestState, type Slot } from "../../domain/requests/request.ts";
import type { Prisma, Request } from "./generated/client.ts";
import type { NewRequest, RequestPatch, RequestRecord } from "./port.ts";
import { toRequestId } from "./request-number.ts";
import { fromJsonColumn, toJsonColumn, toOptionalJsonColumn } from "./stored-json.ts";

const Visibility = z.enum(["team", "organisation"]);

export function toRequest({ number, managementCluster, namespace, name, ...row }: Request): RequestRecord {
  return {
    ...row,
    id: toRequestId(number),
    teamId: row.teamId === null ? null : TeamId.parse(row.teamId),
    askingTeamId: row.askingTeamId === null ? null : TeamId.parse(row.askingTeamId),
    requesterId: row.requesterId === null ? null : UserId.parse(row.requesterId),
    state: RequestState.parse(row.state),
    visibility: Visibility.parse(row.visibility),
    target: { managementCluster, namespace, name },
    input: fromJsonColumn<JsonValue>(row.input),
    admitted: fromJsonColumn<readonly Admitted[]>(row.admitted),
    notes: fromJsonColumn<JsonObject>(row.notes),
    slots: fromJsonColumn<readonly Slot[]>(row.slots),
    failure: fromJsonColumn<JsonObject | null>(row.failure),
  };
}

export function toNewRow({
  target,
  input,
  admitted,
  notes,
  slots,
  reservedKeys,
  ...request
}: NewRequest): Prisma.RequestUncheckedCreateInput {
  const json = { input: toJsonColumn(input), admitted: toJsonColumn(admitted), notes: toJsonColumn(notes), slots: toJsonColumn(slots) };
  return { ...request, ...target, ...json, reservedKeys: [...reservedKeys], updatedAt: request.submittedAt };
}

export function toChangedRow(
  { input, admitted, notes, slots, failure, reservedKeys, ...patch }: RequestPatch,
  at: Date,
): Prisma.RequestUncheckedUpdateInput {
  return {
    ...patch,
    ...(input === undefined ? {} : { input: toJsonColumn(input) }),
    ...(admitted === undefined ? {} : { admitted: toJsonColumn(admitted) }),
    ...(notes === undefined ? {} : { notes: toJsonColumn(notes) }),
    ...(slots === undefined ? {} : { slots: toJsonColumn(slots) }),
    ...(reservedKeys === undefined ? {} : { reservedKeys: [...reservedKeys] }),
    ...(failure === undefined ? {} : { failure: toOptionalJsonColumn(failure) }),
    updatedAt: at,
  };
}
