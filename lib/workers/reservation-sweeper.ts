import type { Context } from "../services/context.ts";
import { listReleasable } from "../services/requests/list-releasable.ts";
import { releaseReservation } from "../services/requests/release-reservation.ts";
import { startTimer } from "./start-timer.ts";

/** Frees names and quota whose object is gone. Only requests whose object the watches no longer show are asked about at the API server. */
export function startReservationSweeper(ctx: Context): { readonly stop: () => Promise<void> } {
  return startTimer(ctx, { name: "reservation-sweeper", firstMs: 5_000, everyMs: 10_000 }, async (round) => {
    for (const id of await listReleasable(round))
      await releaseReservation
        .execute({ id }, round)
        .catch((error: unknown) => round.log.debug("reservations.kept", { request: id, error }));
  });
}
