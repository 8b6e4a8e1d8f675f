import { startAuditHead } from "../workers/audit-head.ts";
import { startDelivery } from "../workers/delivery.ts";
import { startExpiry } from "../workers/expiry.ts";
import { startReservationSweeper } from "../workers/reservation-sweeper.ts";
import { startStatusHistory } from "../workers/status-history.ts";
import type { Portal } from "./composition.ts";

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
    startAuditHead(running.systemContext("audit-head", never)),
    startStatusHistory(running.systemContext("status-history", never)),
  ];
  return {
    stop: async () => {
      await Promise.allSettled(all.map((worker) => worker.stop()));
    },
  };
}
