import { apiPaths } from "../../lib/paths.ts";
import type { TwinLine } from "../ui/command-twin.tsx";

type Named = { readonly namespace: string; readonly name: string };

const BEARER = '-H "Authorization: Bearer $TRELLIS_TOKEN"';

/** What the list shows, by REST. `search` is the query string of the same filter. */
export function listCommands(origin: string, query: Readonly<Record<string, string>>): readonly TwinLine[] {
  return [{ command: `curl ${BEARER} ${quote(`${origin}${apiPaths.clusters(query)}`)}` }];
}

/** What a cluster's page shows, by REST and without Trellis. */
export function clusterCommands(origin: string, cluster: Named): readonly TwinLine[] {
  return [
    { command: `curl ${BEARER} ${quote(`${origin}${apiPaths.cluster(cluster.namespace, cluster.name)}`)}` },
    { command: `clusterctl describe cluster -n ${quote(cluster.namespace)} ${quote(cluster.name)} --show-conditions all` },
  ];
}

/** How to reach the workload cluster with the downloaded file. */
export function connectCommands(origin: string, cluster: Named): readonly TwinLine[] {
  const file = `${cluster.name}.kubeconfig`;
  return [
    { command: `curl ${BEARER} -o ${quote(file)} ${quote(`${origin}${apiPaths.clusterKubeconfig(cluster.namespace, cluster.name)}`)}` },
    { command: `kubectl --kubeconfig ${quote(file)} get nodes` },
  ];
}

/** The request of the form, by REST. */
export function submitCommands(origin: string, body: object): readonly TwinLine[] {
  return [
    {
      command: `curl ${BEARER} -H "Content-Type: application/json" -H "Idempotency-Key: $(uuidgen)" -d ${quote(JSON.stringify(body))} ${quote(`${origin}${apiPaths.requests()}`)}`,
    },
  ];
}

/** A word of a POSIX shell. Names come from clusters: nothing in them may end the quotes. */
export function quote(word: string): string {
  return /^[A-Za-z0-9_./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
