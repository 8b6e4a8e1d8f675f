/** Every URL of the portal. Segments are encoded here and nowhere else. */
const seg = encodeURIComponent;

type QueryValue = string | number | readonly string[] | undefined;

function withQuery(path: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

export const SETTINGS_SECTIONS = ["teams", "accounts", "networks", "blueprints", "policies", "prices", "tokens", "walls"] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

/** Pages. */
export const paths = {
  home: () => "/",
  signIn: (query: { readonly next?: string; readonly error?: string } = {}) => withQuery("/sign-in", query),
  clusters: (query: { readonly team?: string; readonly q?: string; readonly state?: readonly string[]; readonly sort?: string } = {}) =>
    withQuery("/clusters", query),
  newCluster: (query: { readonly from?: string } = {}) => withQuery("/clusters/new", query),
  cluster: (namespace: string, name: string, query: { readonly tab?: string } = {}) =>
    withQuery(`/clusters/${seg(namespace)}/${seg(name)}`, query),
  routes: (query: { readonly team?: string; readonly q?: string; readonly state?: readonly string[]; readonly sort?: string } = {}) =>
    withQuery("/routes", query),
  newRoute: () => "/routes/new",
  route: (namespace: string, name: string, query: { readonly tab?: string } = {}) =>
    withQuery(`/routes/${seg(namespace)}/${seg(name)}`, query),
  /** `version` names the request whose version of the route fills the form. */
  changeRoute: (namespace: string, name: string, query: { readonly version?: string } = {}) =>
    withQuery(`/routes/${seg(namespace)}/${seg(name)}/change`, query),
  topology: (query: Readonly<Record<string, QueryValue>> = {}) => withQuery("/topology", query),
  /** The token stands behind the `#`: browsers send that part to nobody. */
  wall: (token: string) => `/wall#${token}`,
  reach: (query: Readonly<Record<string, QueryValue>> = {}) => withQuery("/topology/reach", query),
  directory: (query: Readonly<Record<string, QueryValue>> = {}) => withQuery("/directory", query),
  directoryEntry: (namespace: string, name: string) => `/directory/${seg(namespace)}/${seg(name)}`,
  requests: (query: { readonly state?: readonly string[]; readonly team?: string } = {}) => withQuery("/requests", query),
  request: (id: string) => `/requests/${seg(id)}`,
  editRequest: (id: string) => `/requests/${seg(id)}/edit`,
  approvals: () => "/approvals",
  audit: (query: { readonly action?: string; readonly actor?: string; readonly target?: string; readonly outcome?: string } = {}) =>
    withQuery("/audit", query),
  settings: (section: SettingsSection | null = null) => (section === null ? "/settings" : `/settings/${section}`),
};

/** Doors for programs and for the browser's own refetches. */
export const apiPaths = {
  live: (topics: readonly { readonly topic: string; readonly input: unknown }[]) =>
    withQuery("/api/live", { topics: JSON.stringify(topics) }),
  signIn: () => "/api/session/sign-in",
  signOut: () => "/api/session/sign-out",
  wall: () => "/api/wall",
  rightHost: (path: string) => withQuery("/api/right-host", { path }),
  me: () => "/api/v1/me",
  inbox: () => "/api/v1/inbox",
  teams: () => "/api/v1/teams",
  team: (id: string) => `/api/v1/teams/${seg(id)}`,
  accounts: (query: { readonly team?: string } = {}) => withQuery("/api/v1/accounts", query),
  policies: () => "/api/v1/policies",
  prices: () => "/api/v1/prices",
  tokens: () => "/api/v1/tokens",
  wallLinks: () => "/api/v1/wall-links",
  managementClusters: () => "/api/v1/management-clusters",
  blueprints: () => "/api/v1/blueprints",
  blueprint: (id: string, query: { readonly team?: string } = {}) => withQuery(`/api/v1/blueprints/${seg(id)}`, query),
  requestKinds: () => "/api/v1/request-kinds",
  requestKind: (kind: string) => `/api/v1/request-kinds/${seg(kind)}`,
  plans: () => "/api/v1/plans",
  requests: (query: { readonly state?: string; readonly team?: string; readonly cursor?: string; readonly limit?: number } = {}) =>
    withQuery("/api/v1/requests", query),
  request: (id: string) => `/api/v1/requests/${seg(id)}`,
  clusters: (query: Readonly<Record<string, string | number | undefined>> = {}) => withQuery("/api/v1/clusters", query),
  cluster: (namespace: string, name: string) => `/api/v1/clusters/${seg(namespace)}/${seg(name)}`,
  clusterKubeconfig: (namespace: string, name: string) => `/api/v1/clusters/${seg(namespace)}/${seg(name)}/kubeconfig`,
  clusterManifests: (namespace: string, name: string) => `/api/v1/clusters/${seg(namespace)}/${seg(name)}/manifests`,
  clusterHistory: (namespace: string, name: string) => `/api/v1/clusters/${seg(namespace)}/${seg(name)}/history`,
  clusterKubeServices: (namespace: string, name: string) => `/api/v1/clusters/${seg(namespace)}/${seg(name)}/kube-services`,
  routes: (query: Readonly<Record<string, string | number | undefined>> = {}) => withQuery("/api/v1/routes", query),
  route: (namespace: string, name: string) => `/api/v1/routes/${seg(namespace)}/${seg(name)}`,
  routeManifests: (namespace: string, name: string) => `/api/v1/routes/${seg(namespace)}/${seg(name)}/manifests`,
  routeHistory: (namespace: string, name: string) => `/api/v1/routes/${seg(namespace)}/${seg(name)}/history`,
  serviceNetworks: () => "/api/v1/service-networks",
  topology: (query: Readonly<Record<string, QueryValue>> = {}) => withQuery("/api/v1/topology", query),
  impact: (query: { readonly node: string }) => withQuery("/api/v1/topology/impact", query),
  directory: (query: Readonly<Record<string, QueryValue>> = {}) => withQuery("/api/v1/directory", query),
  directoryEntry: (namespace: string, name: string) => `/api/v1/directory/${seg(namespace)}/${seg(name)}`,
  reach: (query: Readonly<Record<string, QueryValue>> = {}) => withQuery("/api/v1/reach", query),
  reachOptions: () => "/api/v1/reach/options",
  reachMatrix: (query: { readonly network: string }) => withQuery("/api/v1/reach/matrix", query),
  audit: (query: Readonly<Record<string, string | undefined>> = {}) => withQuery("/api/v1/audit", query),
  auditVerify: () => "/api/v1/audit/verify",
  auditExport: () => "/api/v1/audit/export",
};
