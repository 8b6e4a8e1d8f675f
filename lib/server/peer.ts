import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

const HEADER = "x-trellis-peer";
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
  });
}

/** Did the request come straight from this machine? */
export function isLocalPeer(headers: Headers): boolean {
  return headers.get(HEADER) === "local";
}

// Node documents the message of this channel as `{ request, response, socket, server }` with an IncomingMessage.
function requestOf(message: unknown): IncomingMessage | null {
  return typeof message === "object" && message !== null && "request" in message ? (message.request as IncomingMessage) : null;
}
