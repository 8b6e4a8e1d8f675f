import { createClusterKind } from "../services/clusters/create-cluster-kind.ts";
import { deleteClusterKind } from "../services/clusters/delete-cluster-kind.ts";
import { requestKind, requestKindsOf } from "../services/requests/request-kinds.ts";
import { changeRouteKind } from "../services/routes/change-route-kind.ts";
import { createRouteKind } from "../services/routes/create-route-kind.ts";
import { deleteRouteKind } from "../services/routes/delete-route-kind.ts";
import { tenancyBootstrapKind } from "../services/tenancy/tenancy-bootstrap-kind.ts";

/** Every kind of request. A new kind is one line here and one file in its feature; approval and delivery never change. */
export const requestKinds = requestKindsOf([
  requestKind(createClusterKind),
  requestKind(deleteClusterKind),
  requestKind(createRouteKind),
  requestKind(changeRouteKind),
  requestKind(deleteRouteKind),
  requestKind(tenancyBootstrapKind),
]);
