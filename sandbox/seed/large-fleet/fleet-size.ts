import { z } from "zod";
import { findJson, type SandboxFolder, writePrivateJson } from "../../state/sandbox-folder.ts";

export const FleetSize = z.strictObject({
  clusters: z.int().min(4).max(500),
  routes: z.int().min(1).max(1_000),
  networks: z.int().min(1).max(40),
});
export type FleetSize = z.infer<typeof FleetSize>;
export const usualFleet: FleetSize = { clusters: 60, routes: 200, networks: 8 };

const file = "large-fleet.json";
const Kept = z.nullable(FleetSize);

/** The size of the large fleet that this folder was filled with; null: none. The bootstrap file follows it. */
export function keptFleet(folder: SandboxFolder): FleetSize | null {
  return findJson(folder.at(file), Kept);
}

export function keepFleet(folder: SandboxFolder, size: FleetSize | null): void {
  writePrivateJson(folder.at(file), size);
}
