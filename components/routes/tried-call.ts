import type { TriedCall } from "../../lib/domain/routes/explain-call.ts";
import { grpcCall } from "../../lib/domain/routes/explain-call.ts";
import { METHODS } from "./draft-spec.ts";

/**
 * A call as people type it: `GET /v1/orders x-tier: batch`, the method first when there is one, headers behind the path, several divided by commas.
 * For gRPC `shop.Cart/Add`. Null while there is no path.
 */
export function readTriedCall(typed: string, protocol: "http" | "grpc"): TriedCall | null {
  const [first = "", ...rest] = typed.trim().split(/\s+/);
  if (first === "") return null;
  if (protocol === "grpc") {
    const [service = "", method = ""] = first.replace(/^\//, "").split("/");
    return service === "" || method === "" ? null : grpcCall(service, method, headersOf(rest.join(" ")));
  }
  const method = METHODS.find((name) => name === first.toUpperCase());
  const [path = "", ...headers] = method === undefined ? [first, ...rest] : rest;
  return path.startsWith("/") ? { method: method ?? "GET", path, headers: headersOf(headers.join(" ")) } : null;
}

function headersOf(text: string): TriedCall["headers"] {
  return text.split(",").flatMap((part) => {
    const at = part.indexOf(":");
    return at < 1 ? [] : [{ name: part.slice(0, at).trim(), value: part.slice(at + 1).trim() }];
  });
}
