import { apiPaths } from "../../lib/paths.ts";
import type { TwinLine } from "../ui/command-twin.tsx";

type Named = { readonly namespace: string; readonly name: string };

const CURL = 'curl -H "Authorization: Bearer $TRELLIS_TOKEN"';

/** What the list shows, by REST: the same filter as a query string. */
export function listCommands(origin: string, query: Readonly<Record<string, string>>): readonly TwinLine[] {
  return [{ command: lines(CURL, quote(`${origin}${apiPaths.clusters(query)}`)) }];
}

/** What a cluster's page shows, by REST and without Trellis. */
export function clusterCommands(origin: string, { namespace, name }: Named): readonly TwinLine[] {
  return [
    { command: lines(CURL, quote(`${origin}${apiPaths.cluster(namespace, name)}`)) },
    { command: lines("clusterctl describe cluster", `-n ${quote(namespace)} ${quote(name)}`, "--show-conditions all") },
  ];
}

/** How to reach the workload cluster: the file by REST, then kubectl. */
export function connectCommands(origin: string, { namespace, name }: Named): readonly TwinLine[] {
  const file = quote(`${name}.kubeconfig`);
  return [
    { command: lines(CURL, `-o ${file}`, quote(`${origin}${apiPaths.clusterKubeconfig(namespace, name)}`)) },
    { command: `kubectl --kubeconfig ${file} get nodes` },
  ];
}

/** The request of the form, by REST. */
export function submitCommands(origin: string, body: object): readonly TwinLine[] {
  return [
    {
      command: lines(
        CURL,
        '-H "Content-Type: application/json"',
        '-H "Idempotency-Key: $(uuidgen)"',
        `-d ${quote(JSON.stringify(body))}`,
        quote(`${origin}${apiPaths.requests()}`),
      ),
    },
  ];
}

/** One command over several lines, as a shell reads it. */
function lines(...parts: readonly string[]): string {
  return parts.join(" \\\n  ");
}

/** A word of a POSIX shell. Names come from clusters: nothing in them may end the quotes. */
export function quote(word: string): string {
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
