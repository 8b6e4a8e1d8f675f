import { teamNamespace } from "../clusters/eks-name.ts";
import type { FieldProblem } from "../portal-error.ts";
import { backendsOf, exportOf } from "./export-names.ts";
import { problem, type RouteCheck } from "./route-check.ts";
import type { RouteBackend } from "./route-input.ts";

/** Namespaces that the platform's own software lives in, on either side (issue "Where they live"); an import needs the export's namespace on the management cluster. */
const PLATFORM_NAMESPACE = /^(?:kube-.*|lattice|capi.*|capa.*|argocd|trellis.*|team-.*)$/;

/** Is this a namespace whose kubeServices must not be published? */
export function isPlatformNamespace(namespace: string): boolean {
  return PLATFORM_NAMESPACE.test(namespace);
}

/** Backends: the team's own clusters in the network's account, one port for each kubeService, and Lattice's limit of target groups. */
export function checkBackends(check: RouteCheck): FieldProblem[] {
  const { spec, facts } = check;
  const used = backendsOf(spec.rules);
  const maximum = facts.quotas.targetGroupsPerService;
  const counted = used.length > maximum ? [problem("rules", "groupCount", { count: used.length, maximum })] : [];
  const portOf = new Map(used.map((backend) => [exportOf(backend), backend.port]));
  return [
    ...counted,
    ...spec.rules.flatMap(({ backends }, rule) =>
      backends.flatMap((backend, index) => [
        ...checkBackend(check, `rules.${rule}.backends.${index}`, backend),
        ...checkPort(`rules.${rule}.backends.${index}.port`, backend, portOf),
        ...(backends.slice(0, index).some((other) => exportOf(other) === exportOf(backend))
          ? [problem(`rules.${rule}.backends.${index}`, "duplicateBackend", { kubeService: backend.kubeService, cluster: backend.cluster })]
          : []),
      ]),
    ),
  ];
}

function checkBackend(
  { facts: { team, network, clusterOf } }: RouteCheck,
  at: string,
  { cluster, namespace }: RouteBackend,
): FieldProblem[] {
  const forbidden = isPlatformNamespace(namespace) ? [problem(`${at}.namespace`, "platformNamespace", { namespace })] : [];
  if (!cluster.startsWith(`${teamNamespace(team)}/`)) return [...forbidden, problem(`${at}.cluster`, "foreignCluster", { cluster, team })];
  const found = clusterOf(cluster);
  if (found === null) return [...forbidden, problem(`${at}.cluster`, "clusterUnknown", { cluster })];
  if (network !== null && found.account !== network.account) {
    const values = { cluster, account: found.account, network: network.name, needs: network.account };
    return [...forbidden, problem(`${at}.cluster`, "clusterAccount", values)];
  }
  return found.vpcId === null ? [...forbidden, problem(`${at}.cluster`, "clusterWithoutVpc", { cluster })] : forbidden;
}

function checkPort(path: string, backend: RouteBackend, portOf: ReadonlyMap<string, number>): FieldProblem[] {
  const first = portOf.get(exportOf(backend));
  return first === undefined || first === backend.port
    ? []
    : [problem(path, "onePort", { kubeService: backend.kubeService, port: backend.port, first })];
}
