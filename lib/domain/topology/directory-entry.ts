import { message } from "../message.ts";
import { type CallFacts, callSteps, callUrl } from "../routes/how-to-call.ts";
import type { LatticeAccessLog, Seen } from "../routes/lattice-facts.ts";
import { logDestinationOf } from "../routes/log-destination.ts";
import type { RouteMatch } from "../routes/route-input.ts";
import type { ConsumerView } from "../routes/route-view.ts";
import { allowedCallers, type DirectoryAccess } from "./directory-access.ts";
import { callExample } from "./directory-example.ts";
import { limitDirectoryRow } from "./directory-item.ts";
import { callSnippets } from "./directory-snippets.ts";
import type { DirectoryEntry, DirectoryRow } from "./directory-view.ts";

export type EntryParts = {
  readonly row: DirectoryRow;
  readonly limited: boolean;
  readonly call: CallFacts;
  /** What its first rule takes; null when that is not known. */
  readonly match: RouteMatch | null;
  readonly access: DirectoryAccess;
  readonly consumers: readonly ConsumerView[];
  readonly logs: Seen<readonly LatticeAccessLog[]> | null;
  readonly can: DirectoryEntry["can"];
};

/** The page of one service. */
export function directoryEntry({ row, limited, call, match, access, consumers, logs, can }: EntryParts): DirectoryEntry {
  const example = callExample(call, match);
  return {
    ...(limited && row.source === "route" ? limitDirectoryRow(row) : row),
    limited,
    url: callUrl(call),
    signed: call.signing !== "none",
    steps: callSteps(call).map((step) => ({ ...step })),
    snippets: example === null ? [] : [...callSnippets(call.protocol, example)],
    callers: [...allowedCallers(access).words],
    consumers: [...consumers],
    accessLogs: limited ? null : accessLogsOf(logs),
    can,
  };
}

/** A network may keep a log of its own; this is about the service's. */
function accessLogsOf(logs: EntryParts["logs"]): DirectoryEntry["accessLogs"] {
  if (logs === null) return { state: "unknown", sentence: message("directory.logs.unknown") };
  if (logs.value.length === 0) return { state: "off", sentence: message("directory.logs.off") };
  const places = logs.value.map(({ destinationArn }) => logDestinationOf(destinationArn)?.name ?? destinationArn);
  return { state: "on", sentence: message("directory.logs.on", { places: places.join(", ") }) };
}
