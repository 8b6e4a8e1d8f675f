import type { GetAuthPolicyResponse, PutAuthPolicyResponse } from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import { conflict, invalid, notFound } from "../lattice-error.ts";
import type { ServiceNetworkRecord, ServiceRecord } from "../store/records.ts";
import type { Call } from "./call.ts";
import { identifier } from "./fields.ts";
import { operation } from "./operation.ts";
import { getServiceNetwork } from "./service-networks.ts";
import { getService } from "./services.ts";

const maxPolicyBytes = 10_240;
const one = z.object({ resourceIdentifier: identifier });
const Policy = z.object({ Statement: z.union([z.array(z.looseObject({})).min(1), z.looseObject({})]) });

export const authPolicyOperations = [
  operation({
    name: "PutAuthPolicy",
    route: "PUT /authpolicy/{resourceIdentifier}",
    access: "write",
    input: one.extend({ policy: z.string().min(1).max(36_864) }),
    run: (call, input): PutAuthPolicyResponse => {
      const resource = getServiceOrNetwork(call, input.resourceIdentifier);
      checkPolicy(input.policy);
      resource.authPolicy = { policy: input.policy, createdAt: resource.authPolicy?.createdAt ?? call.now, updatedAt: call.now };
      return { policy: input.policy, state: stateOf(resource) };
    },
  }),
  operation({
    name: "GetAuthPolicy",
    route: "GET /authpolicy/{resourceIdentifier}",
    access: "read",
    input: one,
    run: (call, input): GetAuthPolicyResponse => {
      const resource = getServiceOrNetwork(call, input.resourceIdentifier);
      const kept = resource.authPolicy;
      if (!kept) throw notFound("AUTH_POLICY", input.resourceIdentifier);
      return {
        policy: kept.policy,
        state: stateOf(resource),
        createdAt: new Date(kept.createdAt),
        lastUpdatedAt: new Date(kept.updatedAt),
      };
    },
  }),
  operation({
    name: "DeleteAuthPolicy",
    route: "DELETE /authpolicy/{resourceIdentifier}",
    access: "write",
    status: 204,
    input: one,
    run: (call, input) => {
      const resource = getServiceOrNetwork(call, input.resourceIdentifier);
      if (resource.authType === "AWS_IAM")
        throw conflict("The auth policy cannot be deleted while the auth type is AWS_IAM", "AUTH_POLICY", resource.id);
      resource.authPolicy = null;
      return {};
    },
  }),
];

export function getServiceOrNetwork(call: Call, identifier: string): ServiceRecord | ServiceNetworkRecord {
  return /(^|\/)sn-[^/]*$/.test(identifier) ? getServiceNetwork(call, identifier) : getService(call, identifier);
}

/** lattice.md §3.5: JSON with statements, at most 10 KB, no line breaks. */
function checkPolicy(policy: string): void {
  if (Buffer.byteLength(policy) > maxPolicyBytes) throw badPolicy("The policy is larger than 10 KB");
  if (/[\r\n]/.test(policy)) throw badPolicy("The policy must not contain line breaks");
  if (!Policy.safeParse(parsedJson(policy)).success) throw badPolicy("The policy has no Statement");
}

function parsedJson(policy: string): unknown {
  try {
    return JSON.parse(policy);
  } catch {
    throw badPolicy("The policy is not valid JSON");
  }
}

function badPolicy(message: string) {
  return invalid(message, [{ name: "policy", message }]);
}

function stateOf(resource: { authType: "AWS_IAM" | "NONE" }) {
  return resource.authType === "AWS_IAM" ? "Active" : "Inactive";
}
