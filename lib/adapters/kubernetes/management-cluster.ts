import { z } from "zod";
import type { JsonObject } from "../../domain/json.ts";
import { createClusterPort } from "./cluster-port.ts";
import { parseAnswer } from "./parse-answer.ts";
import type { ManagementClusterPort, WatchCache, WatchedKind } from "./port.ts";
import { readTenantEndpoint } from "./tenant-endpoint.ts";
import { translateError } from "./translate-error.ts";
import type { Transport } from "./transport.ts";

const AccessReview = z.object({ status: z.object({ allowed: z.boolean() }) });

export type ManagementClusterOptions = {
  readonly transport: Transport;
  readonly fieldManager: string;
  readonly tenantEndpointCidrs: readonly string[];
  readonly watch: (kind: WatchedKind) => WatchCache;
};

export function createManagementCluster({
  transport,
  fieldManager,
  tenantEndpointCidrs,
  watch,
}: ManagementClusterOptions): ManagementClusterPort {
  const port = createClusterPort({ transport, fieldManager });

  return {
    ...port,
    watch,
    async canI(access, options) {
      const body: JsonObject = {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: access },
      };
      const path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
      const answer = await transport.call({ method: "POST", path, body, kind: "SelfSubjectAccessReview" }, options);
      if (answer.status !== 201)
        throw translateError(answer, {
          cluster: transport.clusterId,
          apiVersion: "authorization.k8s.io/v1",
          kind: "SelfSubjectAccessReview",
          name: "",
        });
      return parseAnswer(AccessReview, answer, transport.clusterId).status.allowed;
    },
    tenantEndpoint: (cluster, options) =>
      readTenantEndpoint(
        { find: (ref, given) => port.find(ref, given), managementCluster: transport.clusterId, tenantEndpointCidrs },
        cluster,
        options,
      ),
  };
}
