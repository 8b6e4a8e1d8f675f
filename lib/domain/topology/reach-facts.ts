import type { ObservedServiceNetwork } from "../routes/observed-network.ts";
import type { ObservedLattice } from "../routes/observed-route.ts";
import type { ReachCaller, ReachService } from "./reach-view.ts";

/** Everything that the answer about one service rests on, whoever calls. */
export type ReachFacts = {
  readonly service: ReachService;
  readonly protocol: "http" | "grpc" | "tls";
  /** The 12 digits of the account whose Lattice says it. */
  readonly account: string;
  readonly arn: string | null;
  readonly lattice: ObservedLattice | null;
  /** The networks it is associated with, and the one it should be; the order does not matter. */
  readonly networks: readonly ObservedServiceNetwork[];
  /** When its rules were last asked to be others: what Lattice said before proves nothing. */
  readonly changedAt: Date | null;
};

/** Who calls. `signs`: not at all, as a known role, or as one that nobody told us. */
export type ReachFrom = {
  readonly view: ReachCaller;
  readonly signs: boolean;
  /** Session tags that EKS Pod Identity sets (lattice.md §3.5). */
  readonly sessionTags: Readonly<Record<string, string>>;
};

export type ReachCall = {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** Null: the listener that a caller would choose. */
  readonly port: number | null;
};
