import type { ObservedConsumer } from "../../domain/routes/observed-route.ts";
import type { RouteCaller } from "../../domain/routes/route-input.ts";
import type { Networking, ServiceNetworkConfig } from "../../domain/tenancy/networking.ts";
import type { RouteBase } from "./route-base.ts";

/** The VPC of a tenant cluster by its key `team-<team>/<cluster>`; null while nobody knows it. */
export type VpcOf = (cluster: string) => string | null;

/** Who should be able to call: the callers on the route; without such a list everybody whom the platform associated with its network. */
export function consumersOf(
  { callers, network }: Pick<RouteBase, "callers" | "network">,
  networking: Networking,
  vpcOf: VpcOf,
): readonly ObservedConsumer[] {
  const config = networking.serviceNetworks.find(({ name }) => name === network);
  if (callers.length > 0) return callers.map((caller) => toConsumer(caller, config, vpcOf));
  return (config?.consumers ?? []).map(({ vpcId, cluster, team }) => ({
    team: team ?? null,
    name: cluster?.slice(cluster.indexOf("/") + 1) ?? vpcId ?? team ?? "",
    cluster: cluster ?? null,
    vpcId: vpcId ?? (cluster === undefined ? null : vpcOf(cluster)),
    roleArn: null,
    methods: [],
    paths: [],
  }));
}

function toConsumer(
  { team, name, principal, methods, paths }: RouteCaller,
  config: ServiceNetworkConfig | undefined,
  vpcOf: VpcOf,
): ObservedConsumer {
  const own = { team, name, methods: [...methods], paths: [...paths] };
  if (principal.type === "cluster") return { ...own, cluster: principal.cluster, vpcId: vpcOf(principal.cluster), roleArn: null };
  // A role says nothing about where its calls come from; a team with one associated VPC calls from there.
  const places = (config?.consumers ?? []).filter((one) => one.team === team);
  const [place] = places;
  const isOne = new Set(places.map((one) => one.vpcId ?? (one.cluster === undefined ? null : vpcOf(one.cluster)))).size === 1;
  if (place === undefined || !isOne) return { ...own, cluster: null, vpcId: null, roleArn: principal.roleArn };
  const vpcId = place.vpcId ?? (place.cluster === undefined ? null : vpcOf(place.cluster));
  return { ...own, cluster: place.cluster ?? null, vpcId, roleArn: principal.roleArn };
}
