import type { ListenerRecord, ServiceRecord } from "../store/records.ts";
import { CallStopped } from "./carried.ts";
import type { CallToCarry } from "./carry-input.ts";

/** The listener of the port, if it speaks the caller's protocol. */
export function findListener(service: ServiceRecord, call: CallToCarry): ListenerRecord {
  const listener = service.listeners.find(({ port }) => port === call.port);
  if (!listener)
    throw new CallStopped({
      outcome: "connection-refused",
      layer: "listener",
      reason: `${service.name} has no listener on port ${call.port}`,
    });
  const { protocol } = listener;
  if (protocol === "HTTP" && call.scheme === "https")
    throw new CallStopped({ outcome: "connection-reset", layer: "listener", reason: `the listener on port ${call.port} speaks no TLS` });
  if (protocol === "HTTPS" && call.scheme === "http")
    throw new CallStopped({
      layer: "listener",
      status: 400,
      reason: `a plain HTTP request was sent to the HTTPS listener on port ${call.port}`,
    });
  if (protocol === "TLS_PASSTHROUGH" && (call.scheme === "http" || service.customDomainName?.toLowerCase() !== call.host.toLowerCase()))
    throw new CallStopped({
      outcome: "connection-reset",
      layer: "listener",
      reason: "TLS passthrough finds the service by the server name of its custom domain",
    });
  return listener;
}
