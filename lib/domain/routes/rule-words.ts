import { type Message, message } from "../message.ts";
import type { RouteMatch } from "./route-input.ts";

/** What a rule takes, in plain words: "GET calls to paths that begin with /v1/ and carry x-canary: true". */
export function ruleWords({ match }: { readonly match: RouteMatch }): Message {
  const { path, method, headers, grpc } = match;
  const carried = { headerCount: headers.length, headers: headers.map(({ name, value }) => `${name}: ${value}`).join(", ") };
  if (grpc !== undefined)
    return grpc.method === undefined
      ? message("routes.rule.grpcService", { service: grpc.service, ...carried })
      : message("routes.rule.grpcMethod", { service: grpc.service, method: grpc.method, ...carried });
  const narrowed = path !== undefined && !(path.type === "prefix" && path.value === "/");
  if (!narrowed && method === undefined && headers.length === 0) return message("routes.rule.any");
  return message("routes.rule.http", {
    method: method ?? "any",
    pathType: narrowed ? path.type : "any",
    path: narrowed ? path.value : "/",
    ...carried,
  });
}
