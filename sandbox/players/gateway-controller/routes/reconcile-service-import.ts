import { finalizers } from "../controller-keys.ts";
import { addFinalizer, type ControllerWorld, removeFinalizer } from "../controller-world.ts";

/** A ServiceImport only gets its finalizer; its status is never written. */
export async function reconcileServiceImport(world: ControllerWorld, ref: { namespace: string; name: string }): Promise<void> {
  const found = world.cache.serviceImport.find(ref);
  if (!found) return;
  if (found.metadata.deletionTimestamp === undefined) await addFinalizer(world, "serviceImport", found, finalizers.serviceImport);
  else await removeFinalizer(world, "serviceImport", found, finalizers.serviceImport);
}
