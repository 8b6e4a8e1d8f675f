import { PortalError } from "../../domain/portal-error.ts";
import type { PreflightCheck } from "../../domain/requests/preflight.ts";

/** No look before writing may say no. `PRECONDITION` `requests.preflightBlocked` with a field per look that does; `within` is where the kind's input stands in what was sent. */
export function requireClearPreflight(checks: readonly PreflightCheck[], within: "input" | "" = ""): void {
  const blocked = checks.filter(({ result }) => result === "blocked");
  if (blocked.length === 0) return;
  throw new PortalError(
    "PRECONDITION",
    "requests.preflightBlocked",
    { count: blocked.length },
    {
      fields: blocked.map(({ path, code }) => ({
        path: [within, path ?? ""].filter((part) => part !== "").join("."),
        key: "requests.preflightCheck",
        values: { code },
      })),
    },
  );
}
