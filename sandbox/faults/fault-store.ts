import { statSync } from "node:fs";
import { z } from "zod";
import { findJson, type SandboxFolder, writePrivateJson } from "../state/sandbox-folder.ts";
import { type FaultName, faultNames } from "./fault-names.ts";

const FaultFile = z.strictObject({
  faults: z.array(z.strictObject({ name: z.enum(Object.keys(faultNames) as [FaultName, ...FaultName[]]), target: z.string() })),
});
export type SetFault = z.infer<typeof FaultFile>["faults"][number];

/** The faults that are set, kept in a file: the command line writes it, the player reads it again whenever it changed. */
export function faultStore(folder: SandboxFolder) {
  let readAt = -1;
  let faults: SetFault[] = [];
  function current(): SetFault[] {
    const changedAt = statSync(folder.faults, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changedAt !== readAt) {
      readAt = changedAt;
      faults = findJson(folder.faults, FaultFile)?.faults ?? [];
    }
    return faults;
  }
  return {
    list: current,
    isSet: (name: FaultName, target: string) => current().some((one) => one.name === name && one.target === target),
    /** `target`: `<namespace>/<name>` of what the fault is aimed at. */
    set: (name: FaultName, target: string) => {
      if (!current().some((one) => one.name === name && one.target === target))
        writePrivateJson(folder.faults, { faults: [...current(), { name, target }] });
    },
    /** All of them, or one kind. */
    clear: (name: FaultName | null = null) =>
      writePrivateJson(folder.faults, { faults: name === null ? [] : current().filter((one) => one.name !== name) }),
  };
}
export type FaultStore = ReturnType<typeof faultStore>;
