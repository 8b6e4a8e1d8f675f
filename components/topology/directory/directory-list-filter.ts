import type { RouteProtocol } from "../../../lib/domain/routes/route-input.ts";
import { listFilters } from "../../ui/list-filter.ts";

/** What each chip asks the query for; the answer counts the chips by these names. */
const INPUTS = {
  all: {},
  callable: { callable: "true" },
  unhealthy: { health: "unhealthy" },
  outside: { source: "lattice" },
} as const;

export const PROTOCOLS = ["http", "grpc", "tls"] as const satisfies readonly RouteProtocol[];

const base = listFilters({ all: [], callable: [], unhealthy: [], outside: [] }, "all", ["urgency", "name", "team", "changed"], {
  network: null,
  protocol: PROTOCOLS,
});

export const directoryFilters: typeof base = {
  ...base,
  toInput: (filter) => ({ ...INPUTS[filter.view], ...base.toInput(filter) }),
  totalOf: (view, counts) => counts[view] ?? 0,
};
export type DirectoryListFilter = ReturnType<typeof directoryFilters.read>;
