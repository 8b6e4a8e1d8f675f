import type { ReachLayerId } from "../../../lib/domain/topology/reach-view.ts";

/**
 * What became of a call. `answered`: Lattice or the target gave an HTTP answer. Otherwise what the caller sees without one. `layer` is where
 * it ended, null when it arrived.
 */
export type Carried = {
  readonly outcome: "answered" | "name-not-resolved" | "timed-out" | "connection-refused" | "connection-reset";
  readonly layer: ReachLayerId | null;
  readonly status: number | null;
  readonly reason: string;
  readonly way: Way;
  /** The target's answer; null when no target was reached. */
  readonly echo: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string } | null;
};

/** How far it came: ids of what it passed. */
export type Way = {
  networkId?: string;
  serviceId?: string;
  listenerId?: string;
  ruleId?: string;
  targetGroup?: { id: string; name: string };
  target?: { id: string; port: number | null; status: string };
};

type Stopped = Pick<Carried, "layer" | "reason"> & { readonly outcome?: Carried["outcome"]; readonly status?: number };

/** Ends a call on its way. */
export class CallStopped extends Error {
  readonly stopped: Stopped;
  constructor(stopped: Stopped) {
    super(stopped.reason);
    this.name = "CallStopped";
    this.stopped = stopped;
  }
}
