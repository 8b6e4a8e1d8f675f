import type { RouteState } from "../../domain/routes/route-view.ts";
import type { Context } from "../context.ts";

/** States that time or somebody's work will change: their evidence is worth more calls. */
const UNSETTLED: ReadonlySet<RouteState> = new Set(["provisioning", "failed", "missing", "unattached", "misconfigured", "deleting"]);

type Known = { readonly account: string; readonly serviceName: string; readonly generation: number; readonly isUnsettled: boolean };

/** Which services' routes are on their way or in trouble, kept in step with the route index. A new generation of a route is read at once. */
export type UnsettledRoutes = { of(account: string): ReadonlySet<string>; close(): void };

export function followUnsettledRoutes(ctx: Context): UnsettledRoutes {
  const known = new Map<string, Known>();
  const names = new Map<string, ReadonlySet<string>>();

  function look(key: string): void {
    const route = ctx.routes.get(key);
    const account = route?.lattice?.account;
    const before = known.get(key);
    names.clear();
    if (route === undefined || account === undefined) {
      known.delete(key);
      return;
    }
    const state = ctx.routes.row(key, ctx.clock.now())?.state;
    const { serviceName, generation } = route;
    known.set(key, { account, serviceName, generation, isUnsettled: state !== undefined && UNSETTLED.has(state) });
    if (before !== undefined && before.generation !== generation) ctx.facts.want(account, serviceName);
  }

  function lookAtAll(): void {
    const keys = new Set(ctx.routes.keys());
    for (const key of known.keys()) if (!keys.has(key)) known.delete(key);
    for (const key of keys) look(key);
  }

  const stop = ctx.routes.subscribe((event) => {
    if (event.type === "resync") return lookAtAll();
    look(event.key);
  });
  lookAtAll();
  return {
    of(account) {
      const found =
        names.get(account) ??
        new Set([...known.values()].flatMap((one) => (one.isUnsettled && one.account === account ? [one.serviceName] : [])));
      names.set(account, found);
      return found;
    },
    close: stop,
  };
}
