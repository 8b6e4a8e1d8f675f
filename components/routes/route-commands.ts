import { apiPaths } from "../../lib/paths.ts";
import type { TwinLine } from "../ui/command-twin.tsx";
import { quote, readCommand, shellLines } from "../ui/shell-command.ts";

type Named = { readonly namespace: string; readonly name: string };
type OfRoute = Named & { readonly protocol: "http" | "grpc" | "tls" };

const RESOURCE = {
  http: "httproutes.gateway.networking.k8s.io",
  grpc: "grpcroutes.gateway.networking.k8s.io",
  tls: "tlsroutes.gateway.networking.k8s.io",
} as const;

/** What the list shows, by REST: the same filter as a query string. */
export function routeListCommands(origin: string, query: Readonly<Record<string, string>>): readonly TwinLine[] {
  return [readCommand(`${origin}${apiPaths.routes(query)}`)];
}

/** What a route's page shows, by REST and without Trellis. */
export function routeCommands(origin: string, { namespace, name, protocol }: OfRoute): readonly TwinLine[] {
  return [
    readCommand(`${origin}${apiPaths.route(namespace, name)}`),
    { command: shellLines(`kubectl get ${RESOURCE[protocol]}`, `-n ${quote(namespace)} ${quote(name)}`, "-o yaml") },
  ];
}
