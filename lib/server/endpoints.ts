import { PortalError } from "../domain/portal-error.ts";
import { exportAudit } from "../services/audit/export-audit.ts";
import { listAudit } from "../services/audit/list-audit.ts";
import { verifyAudit } from "../services/audit/verify-audit.ts";
import { getBlueprint } from "../services/clusters/get-blueprint.ts";
import { getCluster } from "../services/clusters/get-cluster.ts";
import { getClusterHistory } from "../services/clusters/get-cluster-history.ts";
import { getClusterKubeconfig } from "../services/clusters/get-cluster-kubeconfig.ts";
import { getClusterManifests } from "../services/clusters/get-cluster-manifests.ts";
import { listBlueprints } from "../services/clusters/list-blueprints.ts";
import { listClusters } from "../services/clusters/list-clusters.ts";
import { listManagementClusters } from "../services/clusters/list-management-clusters.ts";
import type { Command } from "../services/command.ts";
import type { Query } from "../services/query.ts";
import { approveRequest } from "../services/requests/approve-request.ts";
import { commentOnRequest } from "../services/requests/comment-on-request.ts";
import { getRequest } from "../services/requests/get-request.ts";
import { getRequestKind } from "../services/requests/get-request-kind.ts";
import { listInbox } from "../services/requests/list-inbox.ts";
import { listRequestKinds } from "../services/requests/list-request-kinds.ts";
import { listRequests } from "../services/requests/list-requests.ts";
import { planRequest } from "../services/requests/plan-request.ts";
import { rejectRequest } from "../services/requests/reject-request.ts";
import { resubmitRequest } from "../services/requests/resubmit-request.ts";
import { retryRequest } from "../services/requests/retry-request.ts";
import { sendBackRequest } from "../services/requests/send-back-request.ts";
import { submitRequest } from "../services/requests/submit-request.ts";
import { withdrawRequest } from "../services/requests/withdraw-request.ts";
import { getRoute } from "../services/routes/get-route.ts";
import { getRouteHistory } from "../services/routes/get-route-history.ts";
import { getRouteManifests } from "../services/routes/get-route-manifests.ts";
import { getRouteSpec } from "../services/routes/get-route-spec.ts";
import { listKubeServices } from "../services/routes/list-kube-services.ts";
import { listRoutes } from "../services/routes/list-routes.ts";
import { listServiceNetworks } from "../services/routes/list-service-networks.ts";
import { createWallLink } from "../services/tenancy/create-wall-link.ts";
import { getPrices } from "../services/tenancy/get-prices.ts";
import { getTeam } from "../services/tenancy/get-team.ts";
import { listAccounts } from "../services/tenancy/list-accounts.ts";
import { listPolicies } from "../services/tenancy/list-policies.ts";
import { listTeams } from "../services/tenancy/list-teams.ts";
import { listTokens } from "../services/tenancy/list-tokens.ts";
import { listWallLinks } from "../services/tenancy/list-wall-links.ts";
import { renewWallLink } from "../services/tenancy/renew-wall-link.ts";
import { revokeToken } from "../services/tenancy/revoke-token.ts";
import { revokeWallLink } from "../services/tenancy/revoke-wall-link.ts";
import { whoAmI } from "../services/tenancy/who-am-i.ts";
import { askReach } from "../services/topology/ask-reach.ts";
import { getDirectoryEntry } from "../services/topology/get-directory-entry.ts";
import { getImpact } from "../services/topology/get-impact.ts";
import { getTopology } from "../services/topology/get-topology.ts";
import { getTopologyMermaid } from "../services/topology/get-topology-mermaid.ts";
import { listDirectory } from "../services/topology/list-directory.ts";
import { reachMatrix } from "../services/topology/reach-matrix.ts";
import { reachOptions } from "../services/topology/reach-options.ts";
import { type TextAnswer, textAnswer } from "./text-answer.ts";

export type Method = "GET" | "POST" | "DELETE";
export type Parts = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly idempotencyKey: string | null;
};

/** One row of the REST table: it drives the handlers, the OpenAPI document and the test that compares it with the files below app/api/v1. */
export type Endpoint = {
  readonly method: Method;
  /** As in OpenAPI: `/clusters/{namespace}/{name}`. */
  readonly path: string;
  readonly verb: Query | Command;
  readonly status: 200 | 201;
  readonly summary: string;
  readonly body: "none" | "json" | "optional";
  /** Takes the header `Idempotency-Key`. */
  readonly idempotent: boolean;
  readonly input: (parts: Parts) => unknown;
  /** Answers a screen with a wall link too (ADR 0016): the map alone. */
  readonly forScreens?: true;
  /** For answers that are no JSON document. */
  readonly respond?: TextAnswer;
  /** Other forms of the same answer, by the value of the query parameter `format`; `json` is the usual one. */
  readonly formats?: Readonly<Record<string, { readonly verb: Query; readonly respond: TextAnswer }>>;
};

export const ENDPOINTS: readonly Endpoint[] = [
  get("/me", whoAmI, "Who the caller is, with her teams and rights"),
  get("/blueprints", listBlueprints, "Blueprints of the caller's teams"),
  get("/blueprints/{id}", getBlueprint, "One blueprint with the JSON Schema of its input and a whole example"),
  get("/request-kinds", listRequestKinds, "Kinds of request that may be submitted"),
  get("/request-kinds/{kind}", getRequestKind, "One kind with the JSON Schema of its input and a whole example"),
  post("/plans", planRequest, "Validates, renders and dry-runs a request; nothing is stored"),
  get("/requests", listRequests, "Requests, newest first"),
  { ...post("/requests", submitRequest, "Submits a request"), status: 201, idempotent: true },
  get("/requests/{id}", getRequest, "One request with its plan, what admission makes of it, slots, approvals and steps"),
  post("/requests/{id}/approve", approveRequest, "Approves exactly this content hash"),
  post("/requests/{id}/send-back", sendBackRequest, "Sends the request back to its team with a comment"),
  post("/requests/{id}/reject", rejectRequest, "Rejects the request with a reason"),
  { ...post("/requests/{id}/withdraw", withdrawRequest, "Withdraws the request"), body: "optional" },
  post("/requests/{id}/resubmit", resubmitRequest, "Submits a new revision"),
  { ...post("/requests/{id}/retry", retryRequest, "Retries a stopped delivery with the same bytes"), body: "optional" },
  post("/requests/{id}/comments", commentOnRequest, "Adds a comment"),
  get("/inbox", listInbox, "Requests that wait for the caller"),
  get("/clusters", listClusters, "Clusters and open create requests, most urgent first"),
  get("/clusters/{namespace}/{name}", getCluster, "One cluster: status, steps, findings, pools, objects"),
  {
    ...get("/clusters/{namespace}/{name}/kubeconfig", getClusterKubeconfig, "A kubeconfig that holds no secret"),
    respond: textAnswer({ mediaType: "application/yaml", member: "kubeconfig", fileName: "kubeconfig.yaml" }),
  },
  {
    ...get(
      "/clusters/{namespace}/{name}/manifests",
      getClusterManifests,
      "The cluster's objects as YAML, without what Trellis does not own",
    ),
    respond: textAnswer({ mediaType: "application/yaml", member: "manifests", fileName: "manifests.yaml" }),
  },
  get("/clusters/{namespace}/{name}/history", getClusterHistory, "Changes of the cluster's state, newest first"),
  get("/clusters/{namespace}/{name}/kube-services", listKubeServices, "What runs in the cluster now and may be published"),
  get("/routes", listRoutes, "Routes and open create requests, most urgent first"),
  get("/routes/{namespace}/{name}", getRoute, "One route: status, path, proofs, consumers, policy, Events, versions"),
  get("/routes/{namespace}/{name}/manifests", getRouteManifests, "The route's objects as YAML, by the cluster they stand in"),
  get("/routes/{namespace}/{name}/history", getRouteHistory, "Changes of the route's state, newest first"),
  get("/routes/{namespace}/{name}/spec", getRouteSpec, "What a change of the route starts from"),
  get("/reach", askReach, "Can this caller call this service: every layer, the verdict, the first failure"),
  get("/reach/matrix", reachMatrix, "All clusters against all services of a network"),
  get("/reach/options", reachOptions, "Callers, services and networks one may ask about"),
  get("/service-networks", listServiceNetworks, "Service networks the caller's teams may use"),
  get("/directory", listDirectory, "The service directory: every callable service, with who may call it"),
  get("/directory/{namespace}/{name}", getDirectoryEntry, "How to call one service, who may, and whom to ask"),
  {
    ...get("/topology", getTopology, "The map as the caller may see it: nodes, edges, sources; folded to at most 500 nodes"),
    forScreens: true,
    formats: {
      mermaid: {
        verb: getTopologyMermaid,
        respond: textAnswer({ mediaType: "text/vnd.mermaid", member: "mermaid", fileName: "trellis-topology.mmd" }),
      },
    },
  },
  get("/topology/impact", getImpact, "Who would feel it if one thing on the map went; what the caller may not know by name is counted"),
  get("/management-clusters", listManagementClusters, "Management clusters and how fresh their watches are"),
  get("/teams", listTeams, "Teams with quota and use"),
  get("/teams/{id}", getTeam, "One team with members and quota"),
  get("/accounts", listAccounts, "Accounts and Regions that teams may use"),
  get("/policies", listPolicies, "Approval policies"),
  get("/prices", getPrices, "Prices behind the cost estimate"),
  get("/tokens", listTokens, "Bearer tokens, without their values"),
  { ...post("/tokens/{id}/revoke", revokeToken, "Revokes a bearer token"), body: "optional" },
  get("/wall-links", listWallLinks, "Links that show the map on a screen, without their tokens"),
  { ...post("/wall-links", createWallLink, "Makes such a link; the answer holds its address, once"), status: 201 },
  { ...post("/wall-links/{id}/renew", renewWallLink, "A new address for the same link; the old screen's cookie ends"), body: "optional" },
  post("/wall-links/{id}/revoke", revokeWallLink, "Ends the link for good"),
  get("/audit", listAudit, "Audit rows, newest first"),
  get("/audit/verify", verifyAudit, "Verifies the whole chain"),
  {
    ...get("/audit/export", exportAudit, "The whole audit as JSON lines, with the signed head last"),
    respond: textAnswer({ mediaType: "application/x-ndjson", member: "export", fileName: "trellis-audit.jsonl" }),
  },
];

/** The row of one door. Throws at build time of the module when a route file names a row that is not there. */
export function endpointOf(method: Method, path: string): Endpoint {
  const found = ENDPOINTS.find((endpoint) => endpoint.method === method && endpoint.path === path);
  if (found === undefined) throw new Error(`no endpoint ${method} ${path}`);
  return found;
}

function get(path: string, verb: Query, summary: string): Endpoint {
  return { method: "GET", path, verb, status: 200, summary, body: "none", idempotent: false, input: mergeInput };
}

function post(path: string, verb: Query | Command, summary: string): Endpoint {
  return { method: "POST", path, verb, status: 200, summary, body: "json", idempotent: false, input: mergeInput };
}

/** Path parameters, query string and body as one input. `INVALID` when the body says what the path already says, or is no object. */
function mergeInput({ params, query, body, idempotencyKey }: Parts): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new PortalError(
      "INVALID",
      "input.refused",
      { count: 1 },
      { fields: [{ path: "", key: "input.wrongShape", values: { expected: "object" } }] },
    );
  const twice = Object.keys(params).filter((name) => Object.hasOwn(body, name));
  if (twice.length > 0)
    throw new PortalError(
      "INVALID",
      "input.refused",
      { count: twice.length },
      { fields: twice.map((path) => ({ path, key: "input.unknownField" })) },
    );
  return { ...query, ...body, ...params, ...(idempotencyKey === null ? {} : { idempotencyKey }) };
}
