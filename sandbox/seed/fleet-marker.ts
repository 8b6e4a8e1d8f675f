import { z } from "zod";
import { findJson, type SandboxFolder, writePrivateJson } from "../state/sandbox-folder.ts";

const FleetFile = z.strictObject({ applied: z.array(z.string()) });

/** The clusters the seed has applied in this folder, `<namespace>/<name>`: none of them is applied again, so a deleted one stays away. */
export function appliedFleet(folder: SandboxFolder): string[] {
  return findJson(folder.at("fleet.json"), FleetFile)?.applied ?? [];
}

export function markApplied(folder: SandboxFolder, cluster: string): void {
  writePrivateJson(folder.at("fleet.json"), { applied: [...new Set([...appliedFleet(folder), cluster])] });
}
