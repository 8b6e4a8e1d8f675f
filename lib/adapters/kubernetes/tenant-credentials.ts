import { isPortalError } from "../../domain/portal-error.ts";
import { credentialExpiry } from "./credential-expiry.ts";
import type { CredentialSource, Credentials } from "./credentials.ts";
import type { StrictKubeconfig } from "./strict-kubeconfig.ts";
import { readTenantKubeconfig, type TenantReader } from "./tenant-endpoint.ts";
import { type Tenant, tenantUnreachable } from "./tenant-outage.ts";

const KEEP_MS = 4_000;
const READ_TIMEOUT_MS = 4_000;

export type TenantCredentials = CredentialSource & {
  /** Reads the Secret again after a refusal; true when it holds something else than before. */
  hasChanged(): Promise<boolean>;
};

/** The credential of one tenant cluster: read from its Secret for each use, kept for a few seconds and never past its own end. */
export function createTenantCredentials(options: {
  readonly tenant: Tenant;
  readonly reader: TenantReader;
  readonly now: () => Date;
}): TenantCredentials {
  const { tenant, reader, now } = options;
  let kept: { readonly value: Credentials; readonly until: number } | null = null;
  let pending: Promise<Credentials> | null = null;

  async function read(): Promise<Credentials> {
    const startedAt = now().getTime();
    const kubeconfig = await readTenantKubeconfig(reader, tenant, { timeoutMs: READ_TIMEOUT_MS }).catch((error: unknown) => {
      throw toReason(error, tenant);
    });
    const value = toCredentials(kubeconfig);
    const end = credentialExpiry(kubeconfig.credential)?.getTime() ?? Number.POSITIVE_INFINITY;
    kept = { value, until: Math.min(startedAt + KEEP_MS, end) };
    return value;
  }

  async function current(): Promise<Credentials> {
    if (kept && now().getTime() < kept.until) return kept.value;
    pending ??= read().finally(() => {
      pending = null;
    });
    return pending;
  }

  function invalidate(): void {
    kept = null;
  }

  return {
    current,
    invalidate,
    async hasChanged() {
      const before = kept?.value;
      invalidate();
      return JSON.stringify(await current()) !== JSON.stringify(before);
    },
  };
}

/** Without Cluster, endpoint or Secret a tenant cannot be reached now: for a caller that is an outage with a reason, not a missing thing. */
function toReason(error: unknown, tenant: Tenant): unknown {
  if (!isPortalError(error)) return error;
  if (error.key === "kubernetes.kubeconfigMissing") return tenantUnreachable(tenant, "kubeconfig", error);
  if (error.key === "kubernetes.objectMissing") return tenantUnreachable(tenant, "absent", error);
  return error;
}

function toCredentials({ server, caData, credential }: StrictKubeconfig): Credentials {
  const tls = { ca: decode(caData), rejectUnauthorized: true };
  if (credential.type === "token") return { server, headers: { Authorization: `Bearer ${credential.token}` }, tls };
  return { server, headers: {}, tls: { ...tls, cert: decode(credential.certificateData), key: decode(credential.keyData) } };
}

function decode(data: string): string {
  return Buffer.from(data, "base64").toString("utf8");
}
