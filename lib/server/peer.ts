import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

const HEADER = "x-trellis-peer";
const ADDRESS_HEADER = "x-trellis-address";
const LOOPBACK = ["127.0.0.1", "::1", "::ffff:127.0.0.1"];

/**
 * Marks each request with where its connection comes from, before the framework sees it. Next only offers `x-forwarded-for`, which a caller may write herself;
 * a caller's own mark is overwritten here. A request that a proxy passed on never counts as local.
 */
export function markPeers(): void {
  diagnostics.subscribe("http.server.request.start", (message) => {
    const request = requestOf(message);
    if (request === null) return;
    const forwarded = request.headers["x-forwarded-for"] !== undefined || request.headers.forwarded !== undefined;
    request.headers[HEADER] = !forwarded && LOOPBACK.includes(request.socket.remoteAddress ?? "") ? "local" : "remote";
    request.headers[ADDRESS_HEADER] = nearestForwarded(request) ?? request.socket.remoteAddress ?? "unknown";
  });
}

/** Where the request comes from as far as the nearest proxy says: good enough to count tries, never to trust somebody. */
export function addressOf(headers: Headers): string {
  return headers.get(ADDRESS_HEADER) ?? "unknown";
}

/** The last entry is the one that the proxy before us wrote; earlier ones are the caller's own words. */
function nearestForwarded({ headers }: IncomingMessage): string | null {
  const forwarded = headers["x-forwarded-for"];
  const last = (Array.isArray(forwarded) ? forwarded.join(",") : (forwarded ?? "")).split(",").at(-1)?.trim() ?? "";
  return last === "" ? null : last.slice(0, 64);
}

/** Did the request come straight from this machine? */
export function isLocalPeer(headers: Headers): boolean {
  return headers.get(HEADER) === "local";
}

// Node documents the message of this channel as `{ request, response, socket, server }` with an IncomingMessage.
function requestOf(message: unknown): IncomingMessage | null {
  return typeof message === "object" && message !== null && "request" in message ? (message.request as IncomingMessage) : null;
}
