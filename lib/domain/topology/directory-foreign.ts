import type { Glyph } from "../clusters/cluster-view.ts";
import { type Message, message } from "../message.ts";
import { chooseListener } from "../routes/choose-listener.ts";
import { type CallFacts, hostOf, regionOf, usualPort } from "../routes/how-to-call.ts";
import { LATTICE_TAGS, type LatticeTargetGroup } from "../routes/lattice-facts.ts";
import type { ObservedConsumer, ObservedLattice } from "../routes/observed-route.ts";
import type { RouteMatch } from "../routes/route-input.ts";
import { LATTICE_OLD_MS } from "../routes/route-limits.ts";
import type { RouteState } from "../routes/route-view.ts";
import { signingNeeded, signingThrough } from "../routes/signing-needed.ts";
import { latticeServiceStatus } from "./lattice-service-status.ts";
import type { TargetKind } from "./topology-view.ts";

/** A Lattice service that no route of Trellis owns, as one account's Lattice says it: EC2, IP, ALB, Lambda, or another account's. */
export type ForeignService = {
  /** Whose Lattice says it: id and number of the account in the bootstrap file. */
  readonly account: { readonly id: string; readonly awsAccountId: string };
  readonly arn: string;
  readonly name: string;
  /** The 12 digits of the account that owns it. */
  readonly owner: string;
  readonly domainName: string | null;
  /** `service` is null when only its association is seen. */
  readonly lattice: ObservedLattice;
  readonly networks: readonly {
    readonly name: string;
    readonly consumers: readonly ObservedConsumer[];
    /** Teams that publish to it or call through it. */
    readonly publishers: readonly string[];
    readonly callers: readonly string[];
  }[];
};

/** The namespace of such services in addresses: no Kubernetes namespace has a dot. */
export function foreignNamespace({ owner }: Pick<ForeignService, "owner">): string {
  return `aws.${owner}`;
}

export type ForeignStatus = {
  readonly state: RouteState;
  readonly glyph: Glyph;
  readonly sentence: Message;
  readonly at: Date | null;
};

/** The words of routes for what the map says of such services. */
const STATES: Readonly<Record<string, RouteState>> = {
  ok: "ok",
  degraded: "degraded",
  down: "down",
  failed: "failed",
  deleting: "deleting",
  inProgress: "provisioning",
  noGroup: "misconfigured",
  noListener: "misconfigured",
  unattached: "unattached",
  unchecked: "unchecked",
};

/** Health as the map says it; of a service whose association alone is seen nothing more can be known. */
export function foreignStatus({ lattice, owner, account }: ForeignService, now: Date): ForeignStatus {
  if (lattice.service === null) {
    const at = lattice.associations?.at ?? null;
    const isOld = at === null || now.getTime() - at.getTime() >= LATTICE_OLD_MS;
    return {
      state: "unknown",
      glyph: "unknown",
      sentence: message(isOld ? "topology.service.old" : "directory.foreign.associated", { owner }),
      at,
    };
  }
  const { glyph, sentence, at } = latticeServiceStatus(
    { ...lattice, service: lattice.service, isShared: owner !== account.awsAccountId },
    now,
  );
  return { state: STATES[sentence.messageKey.slice("topology.service.".length)] ?? "unknown", glyph, sentence, at };
}

/** What stands behind its rules, each kind once. */
export function targetKinds({ groups }: Pick<ObservedLattice, "groups">): readonly TargetKind[] {
  return [...new Set(groups.flatMap(({ group }) => kindOf(group.value) ?? []))].sort();
}

function kindOf({ type, tags }: LatticeTargetGroup): TargetKind | null {
  if (type === "IP") return tags[LATTICE_TAGS.serviceName] === undefined ? "ip" : "kubernetes";
  return type === "INSTANCE" ? "instance" : type === "ALB" ? "alb" : type === "LAMBDA" ? "lambda" : null;
}

export function foreignCall({ lattice, domainName, networks, arn }: ForeignService): CallFacts {
  const listener = chooseListener(lattice.listeners?.value ?? [], null);
  const own = lattice.service?.value.customDomainName ?? null;
  const scheme = listener?.protocol === "HTTP" ? "http" : "https";
  const isGrpc = lattice.groups.some(({ group }) => group.value.tags[LATTICE_TAGS.protocolVersion] === "GRPC");
  const protocol = listener?.protocol === "TLS_PASSTHROUGH" ? "tls" : isGrpc ? "grpc" : "http";
  return {
    protocol,
    host: hostOf(own ?? domainName),
    scheme,
    port: listener?.port ?? usualPort(scheme),
    ownDomain: own !== null,
    networks: networks.map(({ name }) => name),
    region: regionOf(arn),
    // A signed call is taken in any case, an unsigned one perhaps not.
    signing:
      protocol === "tls"
        ? "none"
        : signingThrough({
            service: signingNeeded({
              authType: lattice.detail?.value.authType ?? "AWS_IAM",
              policy: lattice.policy?.value?.policy ?? null,
            }),
            networks: lattice.networks,
          }),
  };
}

/** What the first rule of that listener takes; null while nobody read it. */
export function foreignMatch({ lattice }: ForeignService): RouteMatch | null {
  const rule = chooseListener(lattice.listeners?.value ?? [], null)?.rules.find(({ isDefault }) => !isDefault);
  if (rule === undefined) return null;
  const method = METHODS.find((one) => one === rule.method);
  return {
    headers: rule.headers.filter(({ type }) => type === "exact").map(({ name, value }) => ({ name, value })),
    ...(rule.path === null ? {} : { path: rule.path }),
    ...(method === undefined ? {} : { method }),
  };
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"] as const;
