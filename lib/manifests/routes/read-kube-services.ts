import type { KubeObject } from "../../domain/requests/plan.ts";
import { TEAM } from "../keys.ts";
import { countAt, listAt, textAt, textMapAt, textsAt, valueAt } from "../safe-read.ts";

/** A Service of a tenant cluster with the pods behind it. Ports are Service ports; `ipFamilies` has two entries when it is dual-stack. */
export type ReadKubeService = {
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly { readonly name: string | null; readonly port: number; readonly protocol: string }[];
  readonly ipFamilies: readonly string[];
  readonly headless: boolean;
  readonly external: boolean;
  readonly readyPods: number;
  readonly totalPods: number;
  /** Addresses of ready pods, sorted. */
  readonly podAddresses: readonly string[];
  /** The team that says it owns it, else the application it is part of. */
  readonly owner: string | null;
};

/** Label of an EndpointSlice that names its Service (discovery.k8s.io/v1). */
const SLICE_OF = "kubernetes.io/service-name";
const PART_OF = "app.kubernetes.io/part-of";
/** Lattice takes no more targets in a group (lattice.md §3.7). */
const MAX_ADDRESSES = 1_000;

/** Services (core v1) joined with their EndpointSlices, by namespace and name. Reads hostile objects too: a wrong shape reads as absent. */
export function readKubeServices(services: readonly KubeObject[], slices: readonly KubeObject[]): readonly ReadKubeService[] {
  const byService = new Map<string, KubeObject[]>();
  for (const slice of slices) {
    const name = textMapAt(slice, "metadata", "labels")[SLICE_OF];
    if (name === undefined) continue;
    const key = `${slice.metadata.namespace ?? ""}/${name}`;
    byService.set(key, [...(byService.get(key) ?? []), slice]);
  }
  return services
    .map((service) => readKubeService(service, byService.get(`${service.metadata.namespace ?? ""}/${service.metadata.name}`) ?? []))
    .sort((one, other) => compare(one.namespace, other.namespace) || compare(one.name, other.name));
}

/** One Service; `slices` are the EndpointSlices of this very Service. */
export function readKubeService(service: KubeObject, slices: readonly KubeObject[]): ReadKubeService {
  const pods = readPods(slices);
  const ready = [...pods].filter(([, isReady]) => isReady).map(([address]) => address);
  const labels = textMapAt(service, "metadata", "labels");
  return {
    namespace: service.metadata.namespace ?? "",
    name: service.metadata.name,
    ports: listAt(service, "spec", "ports").flatMap((port) => {
      const number = countAt(port, "port");
      return number === null ? [] : [{ name: textAt(port, "name"), port: number, protocol: textAt(port, "protocol") ?? "TCP" }];
    }),
    ipFamilies: textsAt(service, "spec", "ipFamilies"),
    headless: textAt(service, "spec", "clusterIP") === "None",
    external: textAt(service, "spec", "type") === "ExternalName",
    readyPods: ready.length,
    totalPods: pods.size,
    podAddresses: ready.sort(compare).slice(0, MAX_ADDRESSES),
    owner: labels[TEAM] ?? labels[PART_OF] ?? null,
  };
}

/** Address → ready. One pod may be in two slices for a moment; `ready` absent means ready, and a pod on its way out counts no more. */
function readPods(slices: readonly KubeObject[]): ReadonlyMap<string, boolean> {
  const pods = new Map<string, boolean>();
  for (const slice of slices) {
    if (textAt(slice, "addressType") === "FQDN") continue;
    for (const endpoint of listAt(slice, "endpoints")) {
      const address = textsAt(endpoint, "addresses")[0];
      if (address === undefined || valueAt(endpoint, "conditions", "terminating") === true) continue;
      const isReady = valueAt(endpoint, "conditions", "ready") !== false;
      pods.set(address, isReady || pods.get(address) === true);
    }
  }
  return pods;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
