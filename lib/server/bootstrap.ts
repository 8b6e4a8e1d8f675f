import { readFile } from "node:fs/promises";
import { RequestId } from "../domain/ids.ts";
import { PortalError } from "../domain/portal-error.ts";
import { applyBootstrap } from "../services/tenancy/apply-bootstrap.ts";
import { deliverTenancy } from "../services/tenancy/deliver-tenancy.ts";
import { readBootstrap } from "../services/tenancy/read-bootstrap.ts";
import type { Portal } from "./composition.ts";

const DELIVERY_MS = 60_000;
const POLL_MS = 100;

/** Applies the file behind `TRELLIS_BOOTSTRAP`; the same file a second time changes nothing. */
export async function applyBootstrapFile(running: Portal, path: string, signal: AbortSignal): Promise<void> {
  const { changes } = await applyBootstrap.execute(readBootstrap(await readFile(path, "utf8")), running.systemContext("bootstrap", signal));
  running.log.info("bootstrap.applied", { changes: changes.length });
}

/** Asks for what the file implies on the management clusters, where something differs. Answers the requests to wait for. */
export async function submitTenancy(running: Portal, signal: AbortSignal): Promise<readonly RequestId[]> {
  const deliveries = await deliverTenancy(running.systemContext("bootstrap", signal));
  return deliveries.map(({ request }) => RequestId.parse(request));
}

/** Waits until all are delivered, because the first cluster of a team needs its namespace. `PRECONDITION` `tenancyStopped` when one stopped: an admin may retry it. */
export async function untilTenancyDelivered(running: Portal, requests: readonly RequestId[], signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(DELIVERY_MS)]);
  await Promise.all(requests.map((id) => untilDelivered(running, id, limit)));
}

async function untilDelivered({ db, log }: Portal, id: RequestId, signal: AbortSignal): Promise<void> {
  for (;;) {
    const request = await db.read.requests.find(id);
    if (request === null || request.state === "delivered") return;
    if (request.state !== "approved" && request.state !== "delivering") {
      log.error("bootstrap.tenancyStopped", { request: id, state: request.state, failure: request.failure });
      throw new PortalError("PRECONDITION", "tenancyStopped", { id });
    }
    if (signal.aborted) throw new PortalError("UNAVAILABLE", "aborted");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
