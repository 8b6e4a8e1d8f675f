import { teamNamespace } from "../clusters/eks-name.ts";
import type { FieldProblem } from "../portal-error.ts";
import { canonicalJson } from "../requests/canonical-json.ts";
import { buildAuthPolicy, MAX_POLICY_BYTES, policyBytes } from "./auth-policy.ts";
import { parseAuthPolicy } from "./parse-auth-policy.ts";
import { problem, type RouteCheck } from "./route-check.ts";
import type { RouteCaller } from "./route-input.ts";

/** Who may call: callers of teams that may use the network, or a policy written by hand that can be read and fits (lattice.md §3.5). */
export function checkAccess(check: RouteCheck): FieldProblem[] {
  const { access, protocol } = check.spec;
  if (access.type === "network") return [];
  if (protocol === "tls") return [problem("access", "tlsAccess")];
  if (access.type === "callers") return checkCallers(check, access.callers);
  const read = parseAuthPolicy(access.policy);
  return read.ok ? tooLarge("access.policy", read.text) : [problem("access.policy", read.rule, read.values)];
}

function checkCallers(check: RouteCheck, callers: readonly RouteCaller[]): FieldProblem[] {
  const texts = callers.map(identityOf);
  const problems = callers.flatMap((caller, index) => [
    ...checkCaller(check, `access.callers.${index}`, caller),
    ...(texts.indexOf(texts[index] ?? "") < index ? [problem(`access.callers.${index}`, "duplicateCaller", { name: caller.name })] : []),
  ]);
  if (problems.length > 0) return problems;
  const { clusterOf } = check.facts;
  return tooLarge("access.callers", buildAuthPolicy({ callers, vpcOf: (cluster) => clusterOf(cluster)?.vpcId ?? null }));
}

/** One entry in full: the same caller may stand twice when she may do different things on different paths. */
function identityOf({ principal, methods, paths }: RouteCaller): string {
  return canonicalJson({ principal, methods: [...methods].sort(), paths: [...paths].sort() });
}

function checkCaller({ spec, facts: { network, clusterOf } }: RouteCheck, at: string, caller: RouteCaller): FieldProblem[] {
  const { team, principal, methods, paths } = caller;
  const allowed =
    network === null || network.callers.some((one) => one === team)
      ? []
      : [problem(`${at}.team`, "notCaller", { team, network: network.name })];
  const grpc =
    spec.protocol === "grpc" && methods.some((method) => method !== "POST") ? [problem(`${at}.methods`, "grpcCallerMethods")] : [];
  const starred = paths.flatMap((path, index) => (CALLER_PATH.test(path) ? [] : [problem(`${at}.paths.${index}`, "callerPath", { path })]));
  const calling =
    principal.type === "cluster"
      ? checkCallingCluster(`${at}.principal`, { team, cluster: principal.cluster }, clusterOf(principal.cluster))
      : [];
  return [...allowed, ...calling, ...grpc, ...starred];
}

/** A `*` only at the end; `?` would be a wildcard in a Resource, and no query or fragment is part of a path. */
const CALLER_PATH = /^\/[^*?#]*\*?$/;

function checkCallingCluster(
  path: string,
  { team, cluster }: { readonly team: string; readonly cluster: string },
  found: { readonly vpcId: string | null } | null,
): FieldProblem[] {
  if (!cluster.startsWith(`${teamNamespace(team)}/`)) return [problem(path, "callerCluster", { cluster, team })];
  if (found === null) return [problem(path, "clusterUnknown", { cluster })];
  return found.vpcId === null ? [problem(path, "clusterWithoutVpc", { cluster })] : [];
}

function tooLarge(path: string, policy: string): FieldProblem[] {
  const bytes = policyBytes(policy);
  return bytes > MAX_POLICY_BYTES ? [problem(path, "policySize", { bytes, maximum: MAX_POLICY_BYTES })] : [];
}
