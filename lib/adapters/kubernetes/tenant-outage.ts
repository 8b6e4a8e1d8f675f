import { isPortalError, PortalError } from "../../domain/portal-error.ts";
import { REFUSED_ADDRESS } from "./guarded-lookup.ts";
import type { TenantReason } from "./port.ts";
import type { TenantName } from "./tenant-endpoint.ts";

export type Tenant = TenantName & { readonly destination: string; readonly managementCluster: string };

export function tenantUnreachable(tenant: Tenant, reason: TenantReason, cause?: unknown): PortalError {
  const { destination, namespace, name } = tenant;
  return new PortalError(
    "UNAVAILABLE",
    "kubernetes.tenantUnreachable",
    { cluster: destination, namespace, name, reason },
    cause === undefined ? {} : { cause },
  );
}

const REASON_OF: Readonly<Record<string, TenantReason>> = {
  "kubernetes.timeout": "timeout",
  "kubernetes.unreachable": "network",
  "kubernetes.tlsFailed": "tls",
  "kubernetes.unauthenticated": "credential",
  "kubernetes.forbidden": "forbidden",
};

/** An error of a call to a tenant cluster in words about that cluster. What the management cluster said about itself, and what the tenant's API server answered about an object, stays as it is. */
export function toTenantError(error: unknown, tenant: Tenant): unknown {
  if (!isPortalError(error) || error.values.cluster !== tenant.destination) return error;
  if (error.values.code === REFUSED_ADDRESS) {
    const { managementCluster, namespace, name } = tenant;
    return new PortalError(
      "PRECONDITION",
      "kubernetes.kubeconfigRefused",
      { cluster: managementCluster, namespace, name, rule: "address" },
      { cause: error },
    );
  }
  if (error.key === "kubernetes.unexpected" && isRedirect(error.values.status)) return tenantUnreachable(tenant, "redirect", error);
  const reason = REASON_OF[error.key];
  return reason === undefined ? error : tenantUnreachable(tenant, reason, error);
}

function isRedirect(status: unknown): boolean {
  return typeof status === "number" && status >= 300 && status < 400;
}
