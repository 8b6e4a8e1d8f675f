import type { RouteEvent } from "../../domain/routes/observed-route.ts";
import { RouteEventFact } from "../../domain/routes/provider-facts.ts";
import type { Fact } from "./fact-store.ts";
import { createKeptFacts, type Taken } from "./kept-facts.ts";

const SHOWN = 50;
/** More than are shown, so that one that is repeated comes back to the top; beyond that the oldest go. */
const KEPT = 100;

type ObjectName = { readonly kind: string; readonly namespace: string; readonly name: string };

/** Controllers' Events of one cluster by the object they are about. */
export function createEventFacts(cluster: string) {
  const byObject = new Map<string, Map<string, RouteEventFact>>();
  const kept = createKeptFacts<RouteEventFact>((uid, before, after) => {
    if (before !== undefined) byObject.get(objectKey(before.object))?.delete(uid);
    if (after === undefined) return;
    const key = objectKey(after.object);
    const events = byObject.get(key) ?? new Map<string, RouteEventFact>();
    events.set(uid, after);
    byObject.set(key, events);
  });

  function dropOldest(key: string, at: Date): void {
    const events = byObject.get(key);
    if (events === undefined || events.size <= KEPT) return;
    const oldest = [...events].sort(([, one], [, other]) => one.lastAt.localeCompare(other.lastAt))[0];
    if (oldest !== undefined) kept.take(oldest[0], null, at);
  }

  return {
    /** Null: the fact is malformed. */
    take({ key, data, at }: Fact): Taken | null {
      const parsed = RouteEventFact.nullable().safeParse(data);
      if (!parsed.success) return null;
      const taken = kept.take(key, parsed.data, at);
      if (parsed.data !== null) dropOldest(objectKey(parsed.data.object), at);
      return taken;
    },
    about(object: ObjectName): readonly RouteEvent[] {
      const events = [...(byObject.get(objectKey(object))?.values() ?? [])];
      return events
        .sort((one, other) => other.lastAt.localeCompare(one.lastAt))
        .slice(0, SHOWN)
        .map((event) => ({ ...event, cluster, firstAt: new Date(event.firstAt), lastAt: new Date(event.lastAt) }));
    },
  };
}

function objectKey({ kind, namespace, name }: ObjectName): string {
  return `${kind}/${namespace}/${name}`;
}
