import { apiPaths } from "../../../lib/paths.ts";
import type { TwinLine } from "../../ui/command-twin.tsx";
import { readCommand } from "../../ui/shell-command.ts";
import type { ReachSearch } from "./reach-question.ts";

/** The same question by REST. */
export function reachCommands(origin: string, question: ReachSearch): readonly TwinLine[] {
  return [readCommand(`${origin}${apiPaths.reach(question)}`)];
}

export function matrixCommands(origin: string, network: string): readonly TwinLine[] {
  return [readCommand(`${origin}${apiPaths.reachMatrix({ network })}`)];
}
