import { apiPaths } from "../../lib/paths.ts";
import type { TwinLine } from "../ui/command-twin.tsx";
import { CURL, quote, readCommand, shellLines } from "../ui/shell-command.ts";

type Named = { readonly namespace: string; readonly name: string };

/** What the list shows, by REST: the same filter as a query string. */
export function listCommands(origin: string, query: Readonly<Record<string, string>>): readonly TwinLine[] {
  return [readCommand(`${origin}${apiPaths.clusters(query)}`)];
}

/** What a cluster's page shows, by REST and without Trellis. */
export function clusterCommands(origin: string, { namespace, name }: Named): readonly TwinLine[] {
  return [
    readCommand(`${origin}${apiPaths.cluster(namespace, name)}`),
    { command: shellLines("clusterctl describe cluster", `-n ${quote(namespace)} ${quote(name)}`, "--show-conditions all") },
  ];
}

/** Downloads the kubeconfig and uses it. */
export function connectCommands(origin: string, { namespace, name }: Named): readonly TwinLine[] {
  const file = quote(`${name}.kubeconfig`);
  return [
    { command: shellLines(CURL, `-o ${file}`, quote(`${origin}${apiPaths.clusterKubeconfig(namespace, name)}`)) },
    { command: `kubectl --kubeconfig ${file} get nodes` },
  ];
}
