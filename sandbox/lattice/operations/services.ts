import type {
  CreateServiceResponse,
  DeleteServiceResponse,
  GetServiceResponse,
  ListServicesResponse,
  ServiceSummary,
  UpdateServiceResponse,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { latticeArn, newId } from "../identifiers.ts";
import { conflict, foreign, notFound } from "../lattice-error.ts";
import { serviceStatus } from "../states/resource-statuses.ts";
import type { ServiceRecord } from "../store/records.ts";
import { forgetListenerTags } from "../store/region-store.ts";
import { type Call, checkQuota, delayOf, newEntity, newLifecycle } from "./call.ts";
import { authType, certificateArn, clientToken, identifier, paging, resourceName, tags } from "./fields.ts";
import { idempotent } from "./idempotent.ts";
import { operation } from "./operation.ts";
import { page } from "./page.ts";
import { syncGroupUse } from "./target-group-use.ts";
import { findVisibleService, visibleServices } from "./visible-resources.ts";

const hostedZoneId = "Z09127221KTH2CFUOHIZH";
const idleTimeoutSeconds = z.int().min(60).max(600);
const create = z.object({
  name: resourceName(3, 40, "svc-"),
  authType: authType.default("NONE"),
  customDomainName: z.string().min(3).max(255).optional(),
  certificateArn: certificateArn.optional(),
  idleTimeoutSeconds: idleTimeoutSeconds.default(60),
  clientToken,
  tags: tags.default({}),
});
const one = z.object({ serviceIdentifier: identifier });

export const serviceOperations = [
  operation({
    name: "CreateService",
    route: "POST /services",
    access: "write",
    status: 201,
    input: create,
    run: (call, input) => idempotent(call, { kind: "SERVICE", token: input.clientToken, input }, () => createService(call, input)),
  }),
  operation({
    name: "ListServices",
    route: "GET /services",
    access: "read",
    input: z.object(paging),
    run: (call, input): ListServicesResponse =>
      page(call, "services", { items: visibleServices(call), paging: input, view: (service) => serviceSummary(call, service) }),
  }),
  operation({
    name: "GetService",
    route: "GET /services/{serviceIdentifier}",
    access: "read",
    input: one,
    run: (call, input) => serviceView(call, getVisibleService(call, input.serviceIdentifier)),
  }),
  operation({
    name: "UpdateService",
    route: "PATCH /services/{serviceIdentifier}",
    access: "write",
    input: one.extend({
      authType: authType.optional(),
      certificateArn: certificateArn.optional(),
      idleTimeoutSeconds: idleTimeoutSeconds.optional(),
    }),
    run: (call, { serviceIdentifier, ...change }): UpdateServiceResponse => {
      const service = getService(call, serviceIdentifier);
      if (serviceStatus(call, service).status === "DELETE_IN_PROGRESS")
        throw conflict(`Service ${service.id} is in DELETE_IN_PROGRESS state`, "SERVICE", service.id);
      Object.assign(service, change, { updatedAt: call.now });
      const { status: _status, createdAt: _created, lastUpdatedAt: _updated, dnsEntry: _dns, ...shown } = serviceView(call, service);
      return shown;
    },
  }),
  operation({
    name: "DeleteService",
    route: "DELETE /services/{serviceIdentifier}",
    access: "write",
    input: one,
    run: (call, input) => deleteService(call, getService(call, input.serviceIdentifier)),
  }),
];

/** A service of the account itself. */
export function getService(call: Call, identifier: string): ServiceRecord {
  const found = findVisibleService(call, identifier);
  if (!found) throw notFound("SERVICE", identifier);
  if (found.owner !== call.store) throw foreign(call, found.item.arn);
  return found.item;
}

/** The account's own or one that was shared with it: enough to look at it and to associate it, not to look inside. */
export function getVisibleService(call: Call, identifier: string): ServiceRecord {
  const found = findVisibleService(call, identifier);
  if (!found) throw notFound("SERVICE", identifier);
  return found.item;
}

export function serviceDnsEntry(service: ServiceRecord): { domainName: string; hostedZoneId: string } {
  return { domainName: service.domainName, hostedZoneId };
}

function createService(call: Call, input: z.output<typeof create>): CreateServiceResponse {
  const { services } = call.store;
  if (services.by("name", input.name).size > 0) throw conflict(`Service with name ${input.name} already exists`, "SERVICE");
  checkQuota(call, "servicesPerRegion", services.size, {
    message: "The number of services exceeds the limit",
    code: "L-SERVICES",
    kind: "SERVICE",
  });
  const id = newId("svc");
  const service: ServiceRecord = {
    id,
    arn: latticeArn(call.store, `service/${id}`),
    ...newEntity(call),
    ...newLifecycle(call, "serviceCreate"),
    name: input.name,
    authType: input.authType,
    ...(input.customDomainName === undefined ? {} : { customDomainName: input.customDomainName }),
    ...(input.certificateArn === undefined ? {} : { certificateArn: input.certificateArn }),
    idleTimeoutSeconds: input.idleTimeoutSeconds,
    domainName: `${input.name}-${id.slice("svc-".length)}.7d67968.vpc-lattice-svcs.${call.store.region}.on.aws`,
    authPolicy: null,
    listeners: [],
  };
  services.add(service);
  call.store.tags.create(service.arn, service.seq, input.tags);
  const {
    createdAt: _created,
    lastUpdatedAt: _updated,
    failureCode: _code,
    failureMessage: _message,
    ...shown
  } = serviceView(call, service);
  return shown;
}

/** Everything below a service goes with it; its target groups are free at once. */
function deleteService(call: Call, service: ServiceRecord): DeleteServiceResponse {
  if ([...call.regions()].some((store) => store.serviceAssociations.by("service", service.id).size > 0))
    throw conflict("Service has service network associations", "SERVICE", service.id);
  const { status } = serviceStatus(call, service);
  if (status !== "ACTIVE" && !status.endsWith("_FAILED"))
    throw conflict(`Service ${service.id} is in ${status} state`, "SERVICE", service.id);
  service.goneAt = call.now + delayOf(call, "serviceDelete");
  call.store.leaving.add(service);
  for (const listener of service.listeners) forgetListenerTags(call.store, listener);
  service.listeners = [];
  service.authPolicy = null;
  syncGroupUse(call, service);
  return { id: service.id, arn: service.arn, name: service.name, status: serviceStatus(call, service).status };
}

function serviceSummary(call: Call, service: ServiceRecord): ServiceSummary {
  return {
    id: service.id,
    arn: service.arn,
    name: service.name,
    status: serviceStatus(call, service).status,
    createdAt: new Date(service.createdAt),
    lastUpdatedAt: new Date(service.updatedAt),
    dnsEntry: serviceDnsEntry(service),
    customDomainName: service.customDomainName,
  };
}

function serviceView(call: Call, service: ServiceRecord): GetServiceResponse {
  const { failureCode, failureMessage } = serviceStatus(call, service);
  return {
    ...serviceSummary(call, service),
    authType: service.authType,
    certificateArn: service.certificateArn,
    idleTimeoutSeconds: service.idleTimeoutSeconds,
    failureCode,
    failureMessage,
  };
}
