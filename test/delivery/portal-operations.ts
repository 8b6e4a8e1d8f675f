import { z } from "zod";
import { listAudit } from "../../lib/services/audit/list-audit.ts";
import { approveRequest } from "../../lib/services/requests/approve-request.ts";
import { getRequest } from "../../lib/services/requests/get-request.ts";
import { submitRequest } from "../../lib/services/requests/submit-request.ts";
import { getRoute } from "../../lib/services/routes/get-route.ts";
import { listKubeServices } from "../../lib/services/routes/list-kube-services.ts";
import { listServiceNetworks } from "../../lib/services/routes/list-service-networks.ts";

/** What a test may ask of a portal in another process: the services behind its doors, by the names they have in the audit. */
export const PORTAL_OPERATIONS = { listAudit, approveRequest, getRequest, submitRequest, getRoute, listKubeServices, listServiceNetworks };
export type PortalOperations = typeof PORTAL_OPERATIONS;
export type OperationName = keyof PortalOperations;

export const OperationName = z.enum([
  "listAudit",
  "approveRequest",
  "getRequest",
  "submitRequest",
  "getRoute",
  "listKubeServices",
  "listServiceNetworks",
]);

/** A question to the process; `token` is the asker's bearer token. */
export const Question = z.strictObject({ id: z.int(), token: z.string(), operation: OperationName, input: z.json() });
export type Question = z.infer<typeof Question>;

const Refusal = z.strictObject({
  code: z.string(),
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  fields: z.array(z.looseObject({ path: z.string(), key: z.string() })),
});
export type Refusal = z.infer<typeof Refusal>;

/** What the process says: that it is ready for traffic, or the answer to one question. */
export const Saying = z.union([
  z.strictObject({ ready: z.literal(true) }),
  z.strictObject({ id: z.int(), output: z.unknown() }),
  z.strictObject({ id: z.int(), refusal: Refusal }),
]);
export type Saying = z.infer<typeof Saying>;
