import { message } from "../message.ts";
import type { ObservedRoute } from "../routes/observed-route.ts";
import { policiesLetIn } from "../routes/reachability.ts";
import { protocolOf } from "../routes/route-row.ts";
import type { RouteRowView } from "../routes/route-view.ts";
import type { ServiceNetworkConfig } from "../tenancy/networking.ts";
import { allowedCallers, type DirectoryAccess, guardedNetworks } from "./directory-access.ts";
import { type ForeignService, foreignCall, foreignNamespace, foreignStatus, targetKinds } from "./directory-foreign.ts";
import type { DirectoryRow } from "./directory-view.ts";

/** One service of the directory with what lists decide by and readers do not see. */
export type DirectoryItem = {
  readonly row: DirectoryRow;
  /** Teams whose calls it lets in. */
  readonly callingTeams: ReadonlySet<string>;
  /** Of the Lattice service; null while there is none. */
  readonly arn: string | null;
};

/** A route as a callable service. `changedAt` is added by whoever knows what was delivered. */
export function routeItem(observed: ObservedRoute, row: RouteRowView, network: ServiceNetworkConfig | undefined): DirectoryItem {
  const access = routeAccess(observed);
  return {
    row: {
      key: `${observed.namespace}/${observed.name}`,
      namespace: observed.namespace,
      name: observed.name,
      source: "route",
      team: row.team,
      description: observed.description,
      visibility: row.visibility,
      networks: [...access.networks],
      domainName: row.domainName,
      protocol: protocolOf(observed),
      targets: ["kubernetes"],
      mayCall: allowedCallers(access).line,
      state: message(`routeStatus.state.${row.state}`),
      glyph: row.glyph,
      sentence: row.sentence,
      changedAt: observed.lattice?.service?.value.lastUpdatedAt ?? null,
      evidenceAt: row.evidenceAt,
    },
    callingTeams: callingTeams(observed, access, network?.callers ?? []),
    arn: observed.lattice?.service?.value.arn ?? null,
  };
}

/** The policy in force, else the one the object asks for; and those of the networks. */
export function routeAccess({ lattice, policy, network, consumers, kind }: ObservedRoute): DirectoryAccess {
  const associated = (lattice?.associations?.value ?? []).map(({ networkName }) => networkName);
  const networks = [...new Set([...(network === null ? [] : [network]), ...associated])].filter((name) => name !== "");
  const around = { networks, consumers, atNetworks: kind === "TLSRoute" ? [] : guardedNetworks(lattice?.networks ?? []) };
  const text = kind === "TLSRoute" ? null : (lattice?.policy?.value?.policy ?? policy?.policy ?? null);
  if (text !== null) return { policy: { state: "text", text }, ...around };
  const isClosed = lattice?.detail?.value.authType === "AWS_IAM" && lattice.policy !== null;
  return { policy: { state: isClosed ? "none" : "open" }, ...around };
}

export function foreignAccess({ lattice, networks }: ForeignService): DirectoryAccess {
  const names = networks.map(({ name }) => name);
  const consumers = networks.flatMap((network) => network.consumers);
  const around = { networks: names, consumers, atNetworks: guardedNetworks(lattice.networks) };
  const text = lattice.policy?.value?.policy ?? null;
  const authType = lattice.detail?.value.authType ?? null;
  if (authType === "NONE") return { policy: { state: "open" }, ...around };
  if (text !== null) return { policy: { state: "text", text }, ...around };
  return { policy: { state: authType === "AWS_IAM" && lattice.policy !== null ? "none" : "unread" }, ...around };
}

/** A Lattice service that no route owns. `name` is its name in addresses. */
export function foreignItem(service: ForeignService, { name, now }: { readonly name: string; readonly now: Date }): DirectoryItem {
  const { state, glyph, sentence, at } = foreignStatus(service, now);
  const access = foreignAccess(service);
  const namespace = foreignNamespace(service);
  const found = service.lattice.service?.value;
  return {
    row: {
      key: `${namespace}/${name}`,
      namespace,
      name,
      source: "lattice",
      team: null,
      description: null,
      visibility: "team",
      networks: [...access.networks],
      domainName: service.domainName,
      protocol: foreignCall(service).protocol,
      targets: [...targetKinds(service.lattice)],
      mayCall: allowedCallers(access).line,
      state: message(`routeStatus.state.${state}`),
      glyph,
      sentence,
      changedAt: found?.lastUpdatedAt ?? found?.createdAt ?? null,
      evidenceAt: at?.toISOString() ?? null,
    },
    callingTeams: new Set(
      service.networks.flatMap(({ name: network, consumers, callers }) => [
        ...callingTeams({ lattice: service.lattice, network, consumers }, access, callers),
      ]),
    ),
    arn: service.arn,
  };
}

type Called = Pick<ObservedRoute, "lattice" | "network" | "consumers"> & Partial<Pick<ObservedRoute, "kind">>;

/**
 * Whoever the policies let in by role or VPC; where no policy is asked for, every team that may call through the network. Before Lattice was read, the list of
 * callers on the route says whom it will name.
 */
function callingTeams(called: Called, { policy, atNetworks }: DirectoryAccess, callers: readonly string[]): ReadonlySet<string> {
  const isOpen = policy.state === "open";
  if (isOpen && atNetworks.length === 0) return new Set([...callers, ...called.consumers.flatMap(({ team }) => team ?? [])]);
  if (policy.state !== "text" && !isOpen) return new Set();
  return new Set(
    called.consumers.flatMap((consumer) => (consumer.team !== null && policiesLetIn(called, consumer) !== "denied" ? [consumer.team] : [])),
  );
}

/** What product.md §2 names, for somebody outside the team: health in a word, nothing of what stands behind it. */
export function limitDirectoryRow(row: DirectoryRow): DirectoryRow {
  return { ...row, targets: [], sentence: message("routeStatus.sentence.limited", { state: row.state }) };
}
