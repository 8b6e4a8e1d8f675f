import { readPlaces } from "../services/topology/read-places.ts";
import { startAuditHead } from "../workers/audit-head.ts";
import { startDelivery } from "../workers/delivery.ts";
import { startExpiry } from "../workers/expiry.ts";
import { startLatticePoller } from "../workers/lattice-poller.ts";
import { startLeftovers } from "../workers/leftovers.ts";
import { startObservationTail } from "../workers/observation-tail.ts";
import { startProviderPoller } from "../workers/provider-poller.ts";
import { startReservationSweeper } from "../workers/reservation-sweeper.ts";
import { startTimer } from "../workers/start-timer.ts";
import { startStatusHistory } from "../workers/status-history.ts";
import type { Portal } from "./composition.ts";

/** Another replica may have applied a new bootstrap file. */
const NETWORKING_EVERY_MS = 2_000;

export type Workers = { stop(): Promise<void> };

/** Starts every timer of this process. Each runs until its own `stop`, which lets work in flight finish. */
export function startWorkers(running: Portal): Workers {
  const never = new AbortController().signal;
  const delivery = startDelivery(running.systemContext("delivery", never));
  running.onWakeDelivery(delivery.wake);
  const all = [
    delivery,
    startExpiry(running.systemContext("expiry", never)),
    startReservationSweeper(running.systemContext("delivery", never)),
    startLeftovers(running.systemContext("leftovers", never)),
    startAuditHead(running.systemContext("audit-head", never)),
    startTimer(running.systemContext("lattice", never), { name: "networking", firstMs: 0, everyMs: NETWORKING_EVERY_MS }, async (round) =>
      running.usePlaces(await readPlaces(round.db.read)),
    ),
    startLatticePoller(running.systemContext("lattice", never)),
    startObservationTail(running.systemContext("lattice", never)),
    startProviderPoller(running.systemContext("providers", never)),
    startStatusHistory(running.systemContext("status-history", never)),
  ];
  return {
    stop: async () => {
      await Promise.allSettled(all.map((worker) => worker.stop()));
    },
  };
}
