import type {
  CreateListenerResponse,
  GetListenerResponse,
  ListenerSummary,
  ListListenersResponse,
  UpdateListenerResponse,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { idOf, newId } from "../identifiers.ts";
import { conflict, notFound } from "../lattice-error.ts";
import { serviceStatus } from "../states/resource-statuses.ts";
import type { ListenerRecord, RuleRecord, ServiceRecord } from "../store/records.ts";
import { forgetListenerTags } from "../store/region-store.ts";
import { type Call, checkQuota, newEntity } from "./call.ts";
import { clientToken, identifier, paging, port, resourceName, ruleAction, tags } from "./fields.ts";
import { idempotent } from "./idempotent.ts";
import { operation } from "./operation.ts";
import { page } from "./page.ts";
import { getService } from "./services.ts";
import { checkAction, keptAction, syncGroupUse } from "./target-group-use.ts";

const ofService = z.object({ serviceIdentifier: identifier });
const one = ofService.extend({ listenerIdentifier: identifier });
const create = ofService.extend({
  name: resourceName(3, 63, "listener-"),
  protocol: z.enum(["HTTP", "HTTPS", "TLS_PASSTHROUGH"]),
  port: port.optional(),
  defaultAction: ruleAction,
  clientToken,
  tags: tags.default({}),
});

export const listenerOperations = [
  operation({
    name: "CreateListener",
    route: "POST /services/{serviceIdentifier}/listeners",
    access: "write",
    status: 201,
    input: create,
    run: (call, input) => idempotent(call, { kind: "LISTENER", token: input.clientToken, input }, () => createListener(call, input)),
  }),
  operation({
    name: "ListListeners",
    route: "GET /services/{serviceIdentifier}/listeners",
    access: "read",
    input: ofService.extend(paging),
    run: (call, input): ListListenersResponse => {
      const service = getService(call, input.serviceIdentifier);
      return page(call, `listeners ${service.id}`, { items: service.listeners, paging: input, view: summary });
    },
  }),
  operation({
    name: "GetListener",
    route: "GET /services/{serviceIdentifier}/listeners/{listenerIdentifier}",
    access: "read",
    input: one,
    run: (call, input): GetListenerResponse => {
      const { service, listener } = getListener(call, input);
      return { ...summary(listener), ...belonging(service, listener) };
    },
  }),
  operation({
    name: "UpdateListener",
    route: "PATCH /services/{serviceIdentifier}/listeners/{listenerIdentifier}",
    access: "write",
    input: one.extend({ defaultAction: ruleAction }),
    run: (call, input): UpdateListenerResponse => {
      const { service, listener } = getListener(call, input);
      const rule = defaultRule(listener);
      checkAction(call, { service, protocol: listener.protocol, action: input.defaultAction, replaced: rule });
      rule.action = keptAction(input.defaultAction);
      rule.updatedAt = listener.updatedAt = call.now;
      syncGroupUse(call, service);
      const { createdAt: _created, lastUpdatedAt: _updated, ...shown } = summary(listener);
      return { ...shown, ...belonging(service, listener) };
    },
  }),
  operation({
    name: "DeleteListener",
    route: "DELETE /services/{serviceIdentifier}/listeners/{listenerIdentifier}",
    access: "write",
    status: 204,
    input: one,
    run: (call, input) => {
      const { service, listener } = getListener(call, input);
      service.listeners = service.listeners.filter((kept) => kept !== listener);
      forgetListenerTags(call.store, listener);
      syncGroupUse(call, service);
      return {};
    },
  }),
];

export function getListener(
  call: Call,
  { serviceIdentifier, listenerIdentifier }: { serviceIdentifier: string; listenerIdentifier: string },
): { service: ServiceRecord; listener: ListenerRecord } {
  const service = getService(call, serviceIdentifier);
  const listener = service.listeners.find((known) => known.id === idOf(listenerIdentifier));
  if (!listener) throw notFound("LISTENER", listenerIdentifier);
  return { service, listener };
}

/** Every listener has one, made with it and never taken out. */
function defaultRule(listener: ListenerRecord): RuleRecord {
  const rule = listener.rules.find((known) => known.isDefault);
  if (!rule) throw new Error(`${listener.arn} has no default rule`);
  return rule;
}

function createListener(call: Call, input: z.output<typeof create>): CreateListenerResponse {
  const service = getService(call, input.serviceIdentifier);
  const { status } = serviceStatus(call, service);
  if (status === "DELETE_IN_PROGRESS") throw conflict(`Service ${service.id} is in ${status} state`, "SERVICE", service.id);
  const listenerPort = input.port ?? (input.protocol === "HTTP" ? 80 : 443);
  if (service.listeners.some((known) => known.port === listenerPort)) throw conflict(`Listener port ${listenerPort} is in use`, "LISTENER");
  if (service.listeners.some((known) => known.name === input.name)) throw conflict(`Listener name ${input.name} is in use`, "LISTENER");
  checkQuota(call, "listenersPerService", service.listeners.length, {
    message: "The number of listeners per service exceeds the limit",
    code: "L-LISTENERS",
    kind: "LISTENER",
  });
  checkAction(call, { service, protocol: input.protocol, action: input.defaultAction });
  const id = newId("listener");
  const arn = `${service.arn}/listener/${id}`;
  const ruleId = newId("rule");
  const listener: ListenerRecord = {
    id,
    arn,
    ...newEntity(call),
    name: input.name,
    port: listenerPort,
    protocol: input.protocol,
    rules: [],
  };
  const rule: RuleRecord = {
    id: ruleId,
    arn: `${arn}/rule/${ruleId}`,
    ...newEntity(call),
    name: "default",
    isDefault: true,
    priority: null,
    match: null,
    action: keptAction(input.defaultAction),
  };
  listener.rules.push(rule);
  service.listeners.push(listener);
  call.store.tags.create(arn, listener.seq, input.tags);
  call.store.tags.create(rule.arn, rule.seq, {});
  syncGroupUse(call, service);
  const { createdAt: _created, lastUpdatedAt: _updated, ...shown } = summary(listener);
  return { ...shown, ...belonging(service, listener) };
}

function summary(listener: ListenerRecord): ListenerSummary {
  return {
    id: listener.id,
    arn: listener.arn,
    name: listener.name,
    port: listener.port,
    protocol: listener.protocol,
    createdAt: new Date(listener.createdAt),
    lastUpdatedAt: new Date(listener.updatedAt),
  };
}

function belonging(service: ServiceRecord, listener: ListenerRecord) {
  return { serviceArn: service.arn, serviceId: service.id, defaultAction: defaultRule(listener).action } satisfies GetListenerResponse;
}
