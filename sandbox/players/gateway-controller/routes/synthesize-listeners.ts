import type { ListenerSummary, RuleAction } from "@aws-sdk/client-vpc-lattice";
import { allPages } from "../aws-calls.ts";
import { tagKeys } from "../controller-keys.ts";
import type { ControllerWorld } from "../controller-world.ts";
import { step } from "../reconcile-errors.ts";
import { type ListenerModel, listenerName, type RouteModel } from "./route-model.ts";
import { type OwnGroups, ruleAction } from "./rule-action.ts";

const notFound: RuleAction = { fixedResponse: { statusCode: 404 } };

/** Makes the missing listeners and deletes those the route does not name; answers the ids. */
export async function synthesizeListeners(
  world: ControllerWorld,
  model: RouteModel,
  { serviceId, own }: { serviceId: string; own: OwnGroups },
): Promise<string[]> {
  const ids: string[] = [];
  for (const listener of model.listeners)
    ids.push(
      await step(`failed ListenerManager.Upsert ${model.serviceName} due to err`, () =>
        upsertListener(world, model, { serviceId, own, listener }),
      ),
    );
  for (const one of await listListeners(world, serviceId))
    if (one.id !== undefined && !ids.includes(one.id)) await deleteListener(world, serviceId, one.id);
  return ids;
}

async function upsertListener(
  world: ControllerWorld,
  model: RouteModel,
  { serviceId, own, listener }: { serviceId: string; own: OwnGroups; listener: ListenerModel },
): Promise<string> {
  const existing = (await listListeners(world, serviceId)).find((one) => one.port === listener.port);
  const passthrough = listener.protocol === "TLS_PASSTHROUGH";
  const defaultAction = passthrough ? await ruleAction(world, own, model.rules[0]?.backends ?? []) : notFound;
  if (existing?.id !== undefined && existing.protocol === listener.protocol) {
    await world.tags.update(existing.arn ?? "", model.extraTags);
    if (passthrough) await updateDefaultAction(world, { serviceId, listenerId: existing.id }, defaultAction);
    return existing.id;
  }
  const name = listenerName(model.route, listener);
  const answer = await step(`failed CreateListener ${name} due to`, () =>
    world.aws.lattice("CreateListener", (api, options) =>
      api.createListener(
        {
          clientToken: crypto.randomUUID(),
          serviceIdentifier: serviceId,
          name,
          port: listener.port,
          protocol: listener.protocol,
          defaultAction,
          tags: { ...model.extraTags, [tagKeys.managedBy]: world.managedBy },
        },
        options,
      ),
    ),
  );
  return answer.id ?? "";
}

async function updateDefaultAction(
  world: ControllerWorld,
  ref: { serviceId: string; listenerId: string },
  wanted: RuleAction,
): Promise<void> {
  const ids = { serviceIdentifier: ref.serviceId, listenerIdentifier: ref.listenerId };
  const current = await world.aws.lattice("GetListener", (api, options) => api.getListener(ids, options));
  if (JSON.stringify(current.defaultAction) === JSON.stringify(wanted)) return;
  await world.aws.lattice("UpdateListener", (api, options) => api.updateListener({ ...ids, defaultAction: wanted }, options));
}

export async function listListeners(world: ControllerWorld, serviceId: string): Promise<ListenerSummary[]> {
  return allPages(async (nextToken) => {
    const answer = await world.aws.lattice("ListListeners", (api, options) =>
      api.listListeners({ serviceIdentifier: serviceId, ...(nextToken === undefined ? {} : { nextToken }) }, options),
    );
    return { items: answer.items, nextToken: answer.nextToken };
  });
}

export async function deleteListener(world: ControllerWorld, serviceId: string, listenerId: string): Promise<void> {
  await world.aws.lattice("DeleteListener", (api, options) =>
    api.deleteListener({ serviceIdentifier: serviceId, listenerIdentifier: listenerId }, options),
  );
}
