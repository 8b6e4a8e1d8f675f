import { PortalError } from "../../domain/portal-error.ts";
import type { Tenant } from "./tenant-outage.ts";

/** `managementCluster/namespace/name` of a tenant cluster; null for the id of a management cluster. Throws `INTERNAL` `kubernetes.badReference` for anything else. */
export function parseDestination(destination: string): Tenant | null {
  const [managementCluster = "", namespace = "", name = "", ...rest] = destination.split("/");
  if (!destination.includes("/")) return null;
  if (managementCluster === "" || namespace === "" || name === "" || rest.length > 0)
    throw new PortalError("INTERNAL", "kubernetes.badReference", { name: destination });
  return { destination, managementCluster, namespace, name };
}
