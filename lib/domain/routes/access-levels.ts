import type { AccessFacts } from "./decide-access.ts";
import { oldestOf } from "./find-way-in.ts";
import type { ObservedServiceNetwork } from "./observed-network.ts";
import type { ObservedLattice } from "./observed-route.ts";
import { COLD_OLD_MS, NETWORK_OLD_MS } from "./route-limits.ts";

/** One of the two doors that a call passes: what it asks for, since when that is known (null: never read), and how long that proves anything. */
export type AccessLevel = {
  readonly of: "network" | "service";
  readonly access: AccessFacts;
  readonly at: Date | null;
  readonly maxAgeMs: number;
};

/** The network's door, then the service's (lattice.md §3.5). */
export function accessLevels(
  lattice: Pick<ObservedLattice, "detail" | "policy"> | null,
  network: Pick<ObservedServiceNetwork, "detail" | "policy"> | null,
): readonly [AccessLevel, AccessLevel] {
  return [levelOf("network", network, NETWORK_OLD_MS), levelOf("service", lattice, COLD_OLD_MS)];
}

type Read = {
  readonly detail: { readonly value: { readonly authType: string }; readonly at: Date } | null;
  readonly policy: AccessFacts["policy"];
};

function levelOf(of: AccessLevel["of"], read: Read | null, maxAgeMs: number): AccessLevel {
  const { detail = null, policy = null } = read ?? {};
  const access = { authType: detail?.value.authType ?? null, policy };
  // A policy that nobody asks for proves nothing, however old it is.
  const at = access.authType === "NONE" ? (detail?.at ?? null) : oldestOf([detail?.at ?? null, policy?.at ?? null]);
  return { of, access, at, maxAgeMs };
}
