import { isConflictAnswer, isNotFoundAnswer } from "../aws-call-error.ts";
import { tagKeys } from "../controller-keys.ts";
import type { ControllerWorld } from "../controller-world.ts";
import { RequeueAfter, step } from "../reconcile-errors.ts";
import type { RouteModel } from "./route-model.ts";
import { deleteListener, listListeners } from "./synthesize-listeners.ts";
import { deleteServiceAssociation, findLatticeService, listServiceAssociations } from "./synthesize-service.ts";

/** Takes the route's service away with its associations and listeners, ours or not; another controller's service is left alone. */
export async function deleteService(world: ControllerWorld, model: RouteModel): Promise<void> {
  await step(`failed ServiceManager.Delete ${model.serviceName} due to`, async () => {
    const found = await findLatticeService(world, model.serviceName);
    if (found?.id === undefined) return;
    const tags = await world.tags.ofResource(found.arn ?? "");
    if (tags[tagKeys.managedBy] !== world.managedBy || tags[tagKeys.routeName] !== model.route.name) return;
    const { id } = found;
    for (const one of await listServiceAssociations(world, id))
      if (one.status !== "DELETE_IN_PROGRESS") await later(() => deleteServiceAssociation(world, one.id ?? ""));
    for (const one of await listListeners(world, id)) await later(() => deleteListener(world, id, one.id ?? ""));
    await later(() =>
      world.aws.lattice("DeleteService", (api, options) => api.deleteService({ serviceIdentifier: id }, options)).then(() => undefined),
    );
  });
}

/** What cannot go yet is tried again in ten seconds; what is gone is fine. */
async function later(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    if (isConflictAnswer(error)) throw new RequeueAfter();
    if (!isNotFoundAnswer(error)) throw error;
  });
}
