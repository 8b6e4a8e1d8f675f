import { createClusterKind } from "../services/clusters/create-cluster-kind.ts";
import { deleteClusterKind } from "../services/clusters/delete-cluster-kind.ts";
import { requestKind, requestKindsOf } from "../services/requests/request-kinds.ts";
import { tenancyBootstrapKind } from "../services/tenancy/tenancy-bootstrap-kind.ts";

/** Every kind of request. A new kind is one line here and one file in its feature; approval and delivery never change. */
export const requestKinds = requestKindsOf([
  requestKind(createClusterKind),
  requestKind(deleteClusterKind),
  requestKind(tenancyBootstrapKind),
]);
