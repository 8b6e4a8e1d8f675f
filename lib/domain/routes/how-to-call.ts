import { type Message, message } from "../message.ts";
import type { ObservedRoute } from "./observed-route.ts";
import { domainNameOf, protocolOf } from "./route-row.ts";

/** The address a caller uses: the team's own domain, else the one Lattice gave. Null while there is none. */
export function callUrl(observed: ObservedRoute): string | null {
  const host = observed.hostnames[0] ?? domainNameOf(observed);
  if (host === null || !/^[a-z0-9.-]{1,253}$/i.test(host)) return null;
  const listener = observed.gateway?.listeners.find(({ name }) => name === observed.listener);
  if (protocolOf(observed) === "tls") return `${host}:${listener?.port ?? 443}`;
  const scheme = listener?.protocol === "HTTP" ? "http" : "https";
  const isUsual = listener === undefined || listener.port === (scheme === "http" ? 80 : 443);
  return `${scheme}://${host}${isUsual ? "" : `:${listener.port}`}`;
}

/** What a caller has to know, in the order in which it stumbles: where the name resolves, how to call, how to sign (lattice.md §2.5, §3.5). */
export function howToCall(observed: ObservedRoute): readonly Message[] {
  const url = callUrl(observed);
  if (url === null) return [message("routeViews.howToCall.notYet")];
  const isSigned = observed.policy !== null || observed.lattice?.detail?.value.authType === "AWS_IAM";
  return [
    message("routeViews.howToCall.where", { network: observed.network ?? "–" }),
    message(`routeViews.howToCall.${protocolOf(observed)}`, { url }),
    ...(isSigned && protocolOf(observed) !== "tls" ? [message("routeViews.howToCall.sign")] : []),
    message("routeViews.howToCall.egress"),
  ];
}
