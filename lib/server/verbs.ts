import { exportAudit } from "../services/audit/export-audit.ts";
import { listAudit } from "../services/audit/list-audit.ts";
import { signAuditHead } from "../services/audit/sign-audit-head.ts";
import { verifyAudit } from "../services/audit/verify-audit.ts";
import { clusterListTopic } from "../services/clusters/cluster-list-topic.ts";
import { clusterTopic } from "../services/clusters/cluster-topic.ts";
import { getBlueprint } from "../services/clusters/get-blueprint.ts";
import { getCluster } from "../services/clusters/get-cluster.ts";
import { getClusterHistory } from "../services/clusters/get-cluster-history.ts";
import { getClusterKubeconfig } from "../services/clusters/get-cluster-kubeconfig.ts";
import { getClusterManifests } from "../services/clusters/get-cluster-manifests.ts";
import { listBlueprints } from "../services/clusters/list-blueprints.ts";
import { listClusters } from "../services/clusters/list-clusters.ts";
import { listManagementClusters } from "../services/clusters/list-management-clusters.ts";
import { recordTransitions } from "../services/clusters/record-transitions.ts";
import type { Command } from "../services/command.ts";
import type { Query } from "../services/query.ts";
import { approveRequest } from "../services/requests/approve-request.ts";
import { commentOnRequest } from "../services/requests/comment-on-request.ts";
import { expireRequest } from "../services/requests/expire-request.ts";
import { getRequest } from "../services/requests/get-request.ts";
import { getRequestKind } from "../services/requests/get-request-kind.ts";
import { inboxTopic } from "../services/requests/inbox-topic.ts";
import { listInbox } from "../services/requests/list-inbox.ts";
import { listRequestKinds } from "../services/requests/list-request-kinds.ts";
import { listRequests } from "../services/requests/list-requests.ts";
import { planRequest } from "../services/requests/plan-request.ts";
import { rejectRequest } from "../services/requests/reject-request.ts";
import { releaseReservation } from "../services/requests/release-reservation.ts";
import { requestListTopic } from "../services/requests/request-list-topic.ts";
import { requestTopic } from "../services/requests/request-topic.ts";
import { resubmitRequest } from "../services/requests/resubmit-request.ts";
import { retryRequest } from "../services/requests/retry-request.ts";
import { sendBackRequest } from "../services/requests/send-back-request.ts";
import { submitRequest } from "../services/requests/submit-request.ts";
import { submitSystemRequest } from "../services/requests/submit-system-request.ts";
import { withdrawRequest } from "../services/requests/withdraw-request.ts";
import { getRoute } from "../services/routes/get-route.ts";
import { getRouteHistory } from "../services/routes/get-route-history.ts";
import { getRouteManifests } from "../services/routes/get-route-manifests.ts";
import { getRouteSpec } from "../services/routes/get-route-spec.ts";
import { listKubeServices } from "../services/routes/list-kube-services.ts";
import { listRoutes } from "../services/routes/list-routes.ts";
import { listServiceNetworks } from "../services/routes/list-service-networks.ts";
import { routeListTopic } from "../services/routes/route-list-topic.ts";
import { routeTopic } from "../services/routes/route-topic.ts";
import { applyBootstrap } from "../services/tenancy/apply-bootstrap.ts";
import { createWallLink } from "../services/tenancy/create-wall-link.ts";
import { endSession } from "../services/tenancy/end-session.ts";
import { exchangeWallLink } from "../services/tenancy/exchange-wall-link.ts";
import { getPrices } from "../services/tenancy/get-prices.ts";
import { getTeam } from "../services/tenancy/get-team.ts";
import { listAccounts } from "../services/tenancy/list-accounts.ts";
import { listPolicies } from "../services/tenancy/list-policies.ts";
import { listTeams } from "../services/tenancy/list-teams.ts";
import { listTokens } from "../services/tenancy/list-tokens.ts";
import { listWallLinks } from "../services/tenancy/list-wall-links.ts";
import { removeLeftovers } from "../services/tenancy/remove-leftovers.ts";
import { renewWallLink } from "../services/tenancy/renew-wall-link.ts";
import { revokeToken } from "../services/tenancy/revoke-token.ts";
import { revokeWallLink } from "../services/tenancy/revoke-wall-link.ts";
import { startSession } from "../services/tenancy/start-session.ts";
import { whoAmI } from "../services/tenancy/who-am-i.ts";
import type { Topic } from "../services/topic.ts";
import { askReach } from "../services/topology/ask-reach.ts";
import { directoryTopic } from "../services/topology/directory-topic.ts";
import { getDirectoryEntry } from "../services/topology/get-directory-entry.ts";
import { getImpact } from "../services/topology/get-impact.ts";
import { getTopology } from "../services/topology/get-topology.ts";
import { getTopologyMermaid } from "../services/topology/get-topology-mermaid.ts";
import { listDirectory } from "../services/topology/list-directory.ts";
import { reachMatrix } from "../services/topology/reach-matrix.ts";
import { reachOptions } from "../services/topology/reach-options.ts";
import { topologyTopic } from "../services/topology/topology-topic.ts";

/** Everything that can be done. test/rights-matrix.test.ts walks these three lists, and fails when a verb below lib/services is in none. */
export const COMMANDS: readonly Command[] = [
  applyBootstrap,
  approveRequest,
  commentOnRequest,
  createWallLink,
  endSession,
  exchangeWallLink,
  expireRequest,
  recordTransitions,
  rejectRequest,
  releaseReservation,
  removeLeftovers,
  renewWallLink,
  resubmitRequest,
  retryRequest,
  revokeToken,
  revokeWallLink,
  sendBackRequest,
  signAuditHead,
  startSession,
  submitRequest,
  submitSystemRequest,
  withdrawRequest,
];

export const QUERIES: readonly Query[] = [
  askReach,
  exportAudit,
  getBlueprint,
  getCluster,
  getClusterHistory,
  getClusterKubeconfig,
  getClusterManifests,
  getDirectoryEntry,
  getPrices,
  getRequest,
  getRequestKind,
  getRoute,
  getRouteHistory,
  getRouteManifests,
  getRouteSpec,
  getTeam,
  getImpact,
  getTopology,
  getTopologyMermaid,
  listAccounts,
  listAudit,
  listBlueprints,
  listClusters,
  listDirectory,
  listInbox,
  listKubeServices,
  listManagementClusters,
  listPolicies,
  listRequestKinds,
  listRequests,
  listRoutes,
  listServiceNetworks,
  listTeams,
  listTokens,
  listWallLinks,
  planRequest,
  reachMatrix,
  reachOptions,
  verifyAudit,
  whoAmI,
];

export const TOPICS: readonly Topic[] = [
  clusterListTopic,
  clusterTopic,
  directoryTopic,
  inboxTopic,
  requestListTopic,
  requestTopic,
  routeListTopic,
  routeTopic,
  topologyTopic,
];

export function findTopic(name: string): Topic | undefined {
  return TOPICS.find((topic) => topic.name === name);
}
