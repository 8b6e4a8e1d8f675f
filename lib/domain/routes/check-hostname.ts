import type { FieldProblem } from "../portal-error.ts";
import { problem, type RouteCheck } from "./route-check.ts";

const HOSTNAME = /^(?=.{3,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;
const ADDRESS = /^[0-9.]+$/;
/** Domains that AWS gives out itself: nobody can bring them (lattice.md §2.5). */
const OF_AWS = /\.on\.aws$/;

/** A domain of the team's own: one full name in lower case (RFC 1123, Gateway API "Hostname"); Lattice takes no wildcard as a service's domain. */
export function checkHostname({ spec }: RouteCheck): FieldProblem[] {
  const { hostname, protocol } = spec;
  if (hostname === undefined) return protocol === "tls" ? [problem("hostname", "hostnameMissing")] : [];
  if (hostname.includes("*")) return [problem("hostname", "hostnameWildcard", { hostname })];
  if (!HOSTNAME.test(hostname) || ADDRESS.test(hostname)) return [problem("hostname", "hostnameShape", { hostname })];
  return OF_AWS.test(hostname) ? [problem("hostname", "hostnameOfAws", { hostname })] : [];
}
