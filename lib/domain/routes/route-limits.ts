/** How often lists of services and associations are read; after three such periods they prove nothing (lattice.md §3.9). */
export const LATTICE_REFRESH_MS = 60_000;
export const LATTICE_OLD_MS = 3 * LATTICE_REFRESH_MS;

/** Healthy groups are looked at less often; their slowest tier is five minutes (lattice.md §3.9, "Staying inside limits"). */
export const TARGETS_OLD_MS = 3 * 300_000;

/** What only one thing's own page tells (auth type, rules, policy) is read once a day, sooner when somebody looks; that of networks and VPC associations every five minutes. */
export const COLD_OLD_MS = 3 * 86_400_000;
export const NETWORK_OLD_MS = 3 * 300_000;

/**
 * Lattice usually holds a new route within half a minute, its targets answer within a minute (lattice.md §10.3). Later than this a spec that
 * Lattice does not hold is a failure, not a wait.
 */
export const DEPLOY_DEADLINE_MS = 180_000;

/** Exports, policies and controllers get this long before their silence says something (lattice.md §10.1.4: about 30 s is settling). */
export const ROUTE_GRACE_MS = 60_000;
export const SETTLING_MS = 30_000;

/** A deletion in the right order takes about ten seconds (lattice.md §10.2). */
export const ROUTE_DELETE_LONG_MS = 120_000;

/** A resync of 300 s with its jitter, and a reserve: after it a route that has all it needs should have moved (lattice.md §1.13). */
export const RESYNC_MS = 400_000;

/** A tenant cluster is asked this often at least; three times later its exports prove nothing. */
export const PROVIDER_OLD_MS = 3 * 60_000;
