import { z } from "zod";
import type { JsonObject } from "../json.ts";
import { oldestOf } from "./find-way-in.ts";
import {
  LatticeAccessLog,
  LatticeAuthPolicy,
  LatticeHealth,
  LatticeListener,
  LatticeNetwork,
  LatticeNetworkDetail,
  LatticeService,
  LatticeServiceAssociation,
  LatticeServiceDetail,
  LatticeTarget,
  LatticeTargetGroup,
  LatticeVpcAssociation,
  LatticeVpcAssociationDetail,
} from "./lattice-facts.ts";

const Tags = z.strictObject({ tags: z.record(z.string(), z.string()) });

/**
 * Facts about one account's Lattice as they are stored and shared between replicas: one small row each, key `<kind>/<id>` (source
 * `lattice/<account>`). What a list says is one row per item; the row `list/<list>` says when the list was last whole, so that an unchanged
 * item costs nothing. Ids are those of the service, network, association or target group.
 */
const SHAPES = {
  health: LatticeHealth,
  list: z.strictObject({}),
  service: LatticeService,
  network: LatticeNetwork,
  association: LatticeServiceAssociation,
  vpc: LatticeVpcAssociation,
  /** `tags` are empty here: they come by another call (`group-tags`). */
  group: LatticeTargetGroup,
  "service-tags": Tags,
  "group-tags": Tags,
  targets: z.strictObject({ items: z.array(LatticeTarget) }),
  detail: LatticeServiceDetail,
  listeners: z.strictObject({ items: z.array(LatticeListener) }),
  policy: z.strictObject({ policy: z.nullable(LatticeAuthPolicy) }),
  /** `readable` false: the network is another account's, which alone may read it. */
  "network-detail": z.strictObject({ readable: z.boolean(), detail: z.nullable(LatticeNetworkDetail) }),
  "network-policy": z.strictObject({ readable: z.boolean(), policy: z.nullable(LatticeAuthPolicy) }),
  "vpc-detail": z.strictObject({ readable: z.boolean(), detail: z.nullable(LatticeVpcAssociationDetail) }),
  logs: z.strictObject({ items: z.array(LatticeAccessLog) }),
} as const;

export type LatticeFactKind = keyof typeof SHAPES;
export type LatticeFactData = { readonly [Kind in LatticeFactKind]: z.output<(typeof SHAPES)[Kind]> };
/** `data` null: it is gone. */
export type LatticeFact = {
  readonly [Kind in LatticeFactKind]: { readonly kind: Kind; readonly id: string; readonly data: LatticeFactData[Kind] | null };
}[LatticeFactKind];

/** Names of lists: `associations/<network id>` of one network, `associations-of/<service id>` of one service, `pin/…` the groups of one export. */
export const LATTICE_LISTS = {
  services: "services",
  networks: "networks",
  groups: "groups",
  serviceTags: "service-tags",
  groupTags: "group-tags",
  associations: (networkId: string) => `associations/${networkId}`,
  associationsOf: (serviceId: string) => `associations-of/${serviceId}`,
  vpcs: (networkId: string) => `vpcs/${networkId}`,
  pin: (pin: { readonly clusterName: string; readonly namespace: string; readonly exportName: string }) =>
    `pin/${pin.clusterName}/${pin.namespace}/${pin.exportName}`,
} as const;

/** When the oldest list was read that says which services, networks, groups and associations there are; null while one never was. */
export function oldestListAt(
  lists: { readonly get: (list: string) => Date | null | undefined },
  networkIds: readonly string[],
): Date | null {
  const { services, networks, groups, associations, vpcs } = LATTICE_LISTS;
  const names = [services, networks, groups, ...networkIds.flatMap((id) => [associations(id), vpcs(id)])];
  return oldestOf(names.map((name) => lists.get(name) ?? null));
}

export const HEALTH_KEY = "health/reading";

export function latticeSource(account: string): string {
  return `lattice/${account}`;
}

export function latticeFactKey(kind: LatticeFactKind, id: string): string {
  return `${kind}/${id}`;
}

/** Null when key or data are none of ours. */
export function parseLatticeFact(key: string, data: JsonObject | null): LatticeFact | null {
  const cut = key.indexOf("/");
  const kind = key.slice(0, cut);
  const id = key.slice(cut + 1);
  if (cut < 1 || id === "" || !isKind(kind)) return null;
  if (data === null) return asFact(kind, id, null);
  const parsed = SHAPES[kind].safeParse(data);
  return parsed.success ? asFact(kind, id, parsed.data) : null;
}

function isKind(kind: string): kind is LatticeFactKind {
  return Object.hasOwn(SHAPES, kind);
}

// Safe: `data` was parsed by the shape of exactly this kind.
function asFact(kind: LatticeFactKind, id: string, data: unknown): LatticeFact {
  return { kind, id, data } as LatticeFact;
}
