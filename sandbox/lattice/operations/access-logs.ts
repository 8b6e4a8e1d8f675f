import type {
  AccessLogSubscriptionSummary,
  CreateAccessLogSubscriptionResponse,
  GetAccessLogSubscriptionResponse,
  ListAccessLogSubscriptionsResponse,
  UpdateAccessLogSubscriptionResponse,
} from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { idOf, latticeArn, newId } from "../identifiers.ts";
import { conflict, notFound } from "../lattice-error.ts";
import type { AccessLogRecord } from "../store/records.ts";
import { getServiceOrNetwork } from "./auth-policies.ts";
import { type Call, newEntity } from "./call.ts";
import { clientToken, identifier, paging, tags } from "./fields.ts";
import { idempotent } from "./idempotent.ts";
import { operation } from "./operation.ts";
import { page } from "./page.ts";
import { isOfThisPlace } from "./service-networks.ts";

const kind = "ACCESS_LOG_SUBSCRIPTION";
const destinationArn = z
  .string()
  .min(20)
  .max(2_048)
  .regex(/^arn:aws[a-z-]*:(s3|logs|firehose):/, "an S3 bucket, a CloudWatch log group or a Firehose stream");
const one = z.object({ accessLogSubscriptionIdentifier: identifier });
const create = z.object({
  resourceIdentifier: identifier,
  destinationArn,
  serviceNetworkLogType: z.enum(["SERVICE", "RESOURCE"]).default("SERVICE"),
  clientToken,
  tags: tags.default({}),
});

export const accessLogOperations = [
  operation({
    name: "CreateAccessLogSubscription",
    route: "POST /accesslogsubscriptions",
    access: "write",
    status: 201,
    input: create,
    run: (call, input) => idempotent(call, { kind, token: input.clientToken, input }, () => createSubscription(call, input)),
  }),
  operation({
    name: "ListAccessLogSubscriptions",
    route: "GET /accesslogsubscriptions",
    access: "read",
    input: z.object({ ...paging, resourceIdentifier: identifier }),
    run: (call, input): ListAccessLogSubscriptionsResponse => {
      const items = call.store.accessLogs.by("resource", idOf(input.resourceIdentifier));
      return page(call, "access logs", { items, paging: input, view });
    },
  }),
  operation({
    name: "GetAccessLogSubscription",
    route: "GET /accesslogsubscriptions/{accessLogSubscriptionIdentifier}",
    access: "read",
    input: one,
    run: (call, input): GetAccessLogSubscriptionResponse => view(getSubscription(call, input.accessLogSubscriptionIdentifier)),
  }),
  operation({
    name: "UpdateAccessLogSubscription",
    route: "PATCH /accesslogsubscriptions/{accessLogSubscriptionIdentifier}",
    access: "write",
    input: one.extend({ destinationArn }),
    run: (call, input): UpdateAccessLogSubscriptionResponse => {
      const subscription = getSubscription(call, input.accessLogSubscriptionIdentifier);
      checkDestination(call, { resourceId: subscription.resourceId, destinationArn: input.destinationArn, except: subscription });
      subscription.destinationArn = input.destinationArn;
      subscription.updatedAt = call.now;
      const { id, arn, resourceId, resourceArn, destinationArn: shown } = view(subscription);
      return { id, arn, resourceId, resourceArn, destinationArn: shown };
    },
  }),
  operation({
    name: "DeleteAccessLogSubscription",
    route: "DELETE /accesslogsubscriptions/{accessLogSubscriptionIdentifier}",
    access: "write",
    status: 204,
    input: one,
    run: (call, input) => {
      const subscription = getSubscription(call, input.accessLogSubscriptionIdentifier);
      call.store.accessLogs.remove(subscription);
      call.store.tags.remove(subscription.arn);
      return {};
    },
  }),
];

function getSubscription(call: Call, identifier: string): AccessLogRecord {
  const subscription = call.store.accessLogs.find(idOf(identifier));
  if (!subscription || !isOfThisPlace(call, identifier)) throw notFound(kind, identifier);
  return subscription;
}

function createSubscription(call: Call, input: z.output<typeof create>): CreateAccessLogSubscriptionResponse {
  const resource = getServiceOrNetwork(call, input.resourceIdentifier);
  checkDestination(call, { resourceId: resource.id, destinationArn: input.destinationArn });
  const id = newId("als");
  const subscription: AccessLogRecord = {
    id,
    arn: latticeArn(call.store, `accesslogsubscription/${id}`),
    ...newEntity(call),
    resourceId: resource.id,
    resourceArn: resource.arn,
    destinationArn: input.destinationArn,
    serviceNetworkLogType: input.serviceNetworkLogType,
  };
  call.store.accessLogs.add(subscription);
  call.store.tags.create(subscription.arn, subscription.seq, input.tags);
  const { createdAt: _created, lastUpdatedAt: _updated, ...shown } = view(subscription);
  return shown;
}

/** One destination of each type for a resource (lattice.md §1.11). */
function checkDestination(
  call: Call,
  { resourceId, destinationArn, except }: { resourceId: string; destinationArn: string; except?: AccessLogRecord },
): void {
  for (const known of call.store.accessLogs.by("resource", resourceId)) {
    if (known !== except && destinationType(known.destinationArn) === destinationType(destinationArn))
      throw conflict(`Resource ${resourceId} already sends its access logs to a destination of this type`, kind, known.id);
  }
}

function destinationType(arn: string): string {
  return arn.split(":")[2] ?? "";
}

function view(subscription: AccessLogRecord): AccessLogSubscriptionSummary {
  return {
    id: subscription.id,
    arn: subscription.arn,
    resourceId: subscription.resourceId,
    resourceArn: subscription.resourceArn,
    destinationArn: subscription.destinationArn,
    serviceNetworkLogType: subscription.serviceNetworkLogType,
    createdAt: new Date(subscription.createdAt),
    lastUpdatedAt: new Date(subscription.updatedAt),
  };
}
