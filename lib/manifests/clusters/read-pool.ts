import type { ObservedPool } from "../../domain/clusters/observed-cluster.ts";
import { countAt, flagAt, listAt, textAt, textsAt } from "../safe-read.ts";
import { readObject, type Seen } from "./read-object.ts";

/** A MachinePool and the AWSManagedMachinePool below it; `managed` null when that is missing. */
export type SeenPool = { readonly pool: Seen; readonly managed: Seen | null };

/**
 * Ready nodes come from `status.deprecated.v1beta1.readyReplicas` and `nodeRefs`: the v1beta2 counters of a pool without Machines are
 * fictional (cluster-api.md §3.2).
 */
export function readPool({ pool, managed }: SeenPool): ObservedPool {
  const { object } = pool;
  const nodeRefs = listAt(object, "status", "nodeRefs").length;
  const reported = countAt(object, "status", "deprecated", "v1beta1", "readyReplicas");
  return {
    ...readObject(pool),
    desired: countAt(object, "spec", "replicas") ?? 1,
    readyReplicas: reported ?? 0,
    phase: textAt(object, "status", "phase"),
    nodeRefs,
    managed: managed === null ? null : readManagedPool(managed),
  };
}

function readManagedPool(seen: Seen): NonNullable<ObservedPool["managed"]> {
  const { object } = seen;
  return {
    ...readObject(seen),
    ready: flagAt(object, "status", "ready"),
    failureMessage: textAt(object, "status", "failureMessage"),
    instanceType: textAt(object, "spec", "instanceType"),
    capacityType: textAt(object, "spec", "capacityType"),
    amiType: textAt(object, "spec", "amiType"),
    zones: zonesOf(object),
    min: countAt(object, "spec", "scaling", "minSize"),
    max: countAt(object, "spec", "scaling", "maxSize"),
  };
}

/** Zones asked for, or those of the instances that AWS lists (`aws:///<zone>/<instance>`). */
function zonesOf(object: unknown): readonly string[] {
  const asked = textsAt(object, "spec", "availabilityZones");
  const seen = textsAt(object, "spec", "providerIDList").flatMap((id) => /^aws:\/\/\/([a-z0-9-]{1,30})\//.exec(id)?.[1] ?? []);
  return [...new Set([...asked, ...seen])].sort();
}
