import { apiPaths } from "../../../lib/paths.ts";
import type { TwinLine } from "../../ui/command-twin.tsx";
import { readCommand } from "../../ui/shell-command.ts";

/** What the list shows, by REST: the same filter as a query string. */
export function directoryCommands(origin: string, query: Readonly<Record<string, string>>): readonly TwinLine[] {
  return [readCommand(`${origin}${apiPaths.directory(query)}`)];
}

export function entryCommands(origin: string, named: { readonly namespace: string; readonly name: string }): readonly TwinLine[] {
  return [readCommand(`${origin}${apiPaths.directoryEntry(named.namespace, named.name)}`)];
}
