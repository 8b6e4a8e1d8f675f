import { type Message, message } from "../message.ts";
import type { ObservedRoute } from "./observed-route.ts";
import type { RouteProtocol } from "./route-input.ts";
import { domainNameOf, protocolOf } from "./route-row.ts";
import { type Signing, signingNeeded, signingThrough } from "./signing-needed.ts";

/** What a caller's instructions are made of, for a route or for any other Lattice service. */
export type CallFacts = {
  readonly protocol: RouteProtocol;
  /** Null while there is none, or when it is no DNS name. */
  readonly host: string | null;
  readonly scheme: "http" | "https";
  readonly port: number;
  /** The host is a domain of the owner's own, not the one that Lattice gave. */
  readonly ownDomain: boolean;
  readonly networks: readonly string[];
  /** Null while nothing says in which Region the service is. */
  readonly region: string | null;
  readonly signing: Signing;
};

/** `raw` is what is typed or searched for somewhere else, as it is; null where there is nothing. */
export type CallStep = { readonly title: Message; readonly text: Message; readonly raw: string | null };

const HOST = /^[a-z0-9.-]{1,253}$/i;

export function callFacts(observed: ObservedRoute): CallFacts {
  const [own] = observed.hostnames;
  const listener = observed.gateway?.listeners.find(({ name }) => name === observed.listener);
  const scheme = listener?.protocol === "HTTP" ? "http" : "https";
  const protocol = protocolOf(observed);
  return {
    protocol,
    host: hostOf(own ?? domainNameOf(observed)),
    scheme,
    port: listener?.port ?? usualPort(scheme),
    ownDomain: own !== undefined,
    networks: observed.network === null ? [] : [observed.network],
    region: regionOf(observed.lattice?.service?.value.arn ?? observed.annotatedArn ?? observed.gateway?.networkArn ?? null),
    signing: protocol === "tls" ? "none" : signingOf(observed),
  };
}

function signingOf({ lattice, policy }: ObservedRoute): Signing {
  const service = signingNeeded({
    authType: lattice?.detail?.value.authType ?? null,
    policy: lattice?.policy?.value?.policy ?? policy?.policy ?? null,
  });
  return signingThrough({ service, networks: lattice?.networks ?? [] });
}

/** A name that may stand in an address; anything else is no address. */
export function hostOf(name: string | null): string | null {
  return name !== null && HOST.test(name) ? name : null;
}

export function usualPort(scheme: "http" | "https"): number {
  return scheme === "http" ? 80 : 443;
}

/** The Region in an ARN of AWS; null when the text is none. */
export function regionOf(arn: string | null): string | null {
  return /^arn:aws[a-z-]*:vpc-lattice:([a-z]{2}(?:-[a-z]+)+-[0-9]):/.exec(arn ?? "")?.[1] ?? null;
}

/** The address a caller uses: a URL, or host and port where TLS passes through. Null while there is none. */
export function callUrl({ protocol, host, scheme, port }: CallFacts): string | null {
  if (host === null) return null;
  if (protocol === "tls") return `${host}:${port}`;
  return `${scheme}://${host}${port === usualPort(scheme) ? "" : `:${port}`}`;
}

/** What a caller has to do, in the order in which it stumbles: network, security groups, name, address, signature (lattice.md §2.4, §2.5, §3.5). */
export function callSteps(facts: CallFacts): readonly CallStep[] {
  const url = callUrl(facts);
  if (url === null) return [step("address", message("routeViews.howToCall.notYet"), null)];
  const { networks, region, port, protocol, host, ownDomain, signing } = facts;
  const names = networks.join(", ");
  return [
    networks.length === 0
      ? step("network", message("routeViews.howToCall.noNetwork"), null)
      : step("network", message("routeViews.howToCall.where", { count: networks.length, network: names }), names),
    step(
      "securityGroups",
      message("routeViews.howToCall.egress", { port }),
      region === null ? null : `com.amazonaws.${region}.vpc-lattice\ncom.amazonaws.${region}.ipv6.vpc-lattice`,
    ),
    step("name", message(ownDomain ? "routeViews.howToCall.ownName" : "routeViews.howToCall.latticeName"), host),
    step("address", message(`routeViews.howToCall.${protocol}`), url),
    ...(protocol === "tls" ? [] : [signStep(signing)]),
  ];
}

function signStep(signing: Signing): CallStep {
  const raw = signing === "none" ? null : "x-amz-content-sha256: UNSIGNED-PAYLOAD";
  return step("signing", message(`routeViews.howToCall.sign.${signing}`), raw);
}

function step(title: string, text: Message, raw: string | null): CallStep {
  return { title: message(`routeViews.howToCall.title.${title}`), text, raw };
}
