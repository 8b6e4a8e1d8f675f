import { RequestId } from "../../domain/ids.ts";

const LARGEST = 2_147_483_647;

/** The number behind `R-1042`; null for one that the column cannot hold, which is no request's. */
export function toNumber(id: RequestId): number | null {
  const number = Number(id.slice(2));
  return Number.isSafeInteger(number) && number <= LARGEST ? number : null;
}

export function toRequestId(number: number): RequestId {
  return RequestId.parse(`R-${number}`);
}
