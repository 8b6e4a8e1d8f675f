import { isPortalError, PortalError } from "../../domain/portal-error.ts";
import type { CircuitBreaker } from "./circuit-breaker.ts";
import type { InFlightLimit } from "./in-flight-limit.ts";
import type { CallOptions, TenantReason } from "./port.ts";
import type { TenantCredentials } from "./tenant-credentials.ts";
import { type Tenant, tenantUnreachable, toTenantError } from "./tenant-outage.ts";

export type TenantCalls = {
  inFlight(): number;
  /** One call within its time, its place and its cluster's circuit. `timeoutMs` of the caller counts before `limitMs`. */
  run<T>(options: CallOptions & { readonly limitMs: number }, work: (own: CallOptions) => Promise<T>): Promise<T>;
};

type TenantCallsOptions = {
  readonly tenant: Tenant;
  readonly credentials: TenantCredentials;
  readonly breaker: CircuitBreaker<TenantReason>;
  readonly places: InFlightLimit;
  readonly everywhere: InFlightLimit;
  readonly closed: AbortSignal;
};

/** Reasons that speak about the address or the credential as a whole; `forbidden` may be about one kind only. */
const OPENS_CIRCUIT: ReadonlySet<unknown> = new Set<TenantReason>(["timeout", "network", "tls", "credential", "redirect"]);
/** Answers after which the Secret is read once more: it may have been rewritten while we used it. A 401 is repeated by the transport itself. */
const MAY_BE_ROTATED: readonly string[] = ["kubernetes.forbidden", "kubernetes.tlsFailed"];

/** What stands between a caller and one tenant cluster. */
export function createTenantCalls({ tenant, credentials, breaker, places, everywhere, closed }: TenantCallsOptions): TenantCalls {
  async function withFreshCredential<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const isRefusal = isPortalError(error) && MAY_BE_ROTATED.includes(error.key) && error.values.cluster === tenant.destination;
      if (!isRefusal || !(await credentials.hasChanged())) throw error;
      return work();
    }
  }

  /** What the failure says about the cluster, before it is thrown. */
  function judge(failure: unknown, isGivenUp: boolean, isLate: boolean): unknown {
    if (isGivenUp) {
      breaker.undecided();
      return new PortalError("UNAVAILABLE", "kubernetes.aborted", { cluster: tenant.destination }, { cause: failure });
    }
    const error = isLate ? tenantUnreachable(tenant, "timeout", failure) : toTenantError(failure, tenant);
    if (!isPortalError(error)) breaker.undecided();
    else if (error.key === "kubernetes.tenantUnreachable" && isTenantReason(error.values.reason)) breaker.failed(error.values.reason);
    else if (error.key === "kubernetes.tenantUnreachable" || error.values.cluster !== tenant.destination) breaker.undecided();
    else breaker.succeeded();
    return error;
  }

  return {
    inFlight: places.count,
    async run({ signal: given, timeoutMs, limitMs }, work) {
      const refusal = breaker.refusal();
      if (refusal !== null) throw tenantUnreachable(tenant, refusal);
      const timeout = AbortSignal.timeout(timeoutMs ?? limitMs);
      const givenUp = given === undefined ? closed : AbortSignal.any([given, closed]);
      const signal = AbortSignal.any([givenUp, timeout]);
      const leave: (() => void)[] = [];
      try {
        leave.push(await places.enter(signal));
        leave.push(await everywhere.enter(signal));
        const result = await withFreshCredential(() => work({ signal, timeoutMs: timeoutMs ?? limitMs }));
        breaker.succeeded();
        return result;
      } catch (error) {
        throw judge(error, givenUp.aborted, timeout.aborted);
      } finally {
        for (const one of leave) one();
      }
    },
  };
}

function isTenantReason(reason: unknown): reason is TenantReason {
  return OPENS_CIRCUIT.has(reason);
}
