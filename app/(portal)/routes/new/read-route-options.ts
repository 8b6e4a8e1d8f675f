import type { RouteFormOptions } from "../../../../components/routes/route-form-options.ts";
import { readForPage } from "../../../../lib/server/read-page.ts";
import { listClusters } from "../../../../lib/services/clusters/list-clusters.ts";
import { listServiceNetworks } from "../../../../lib/services/routes/list-service-networks.ts";
import { whoAmI } from "../../../../lib/services/tenancy/who-am-i.ts";

const MOST_CLUSTERS = 200;

/** What the form of a route offers this person: her teams that may publish (all of them for a platform admin), networks, clusters. */
export async function readRouteOptions(): Promise<RouteFormOptions> {
  const [me, networks, clusters] = await Promise.all([
    readForPage(whoAmI, {}),
    readForPage(listServiceNetworks, {}),
    readForPage(listClusters, { limit: MOST_CLUSTERS, sort: "name" }),
  ]);
  const publishers = new Set(networks.items.flatMap((network) => network.publishers));
  const own = me.teams.map(({ id }) => id);
  const wanted = me.globalRoles.includes("platform-admin") ? [...new Set([...own, ...[...publishers].toSorted()])] : own;
  return {
    teams: wanted.filter((team) => publishers.has(team)),
    networks: networks.items.map(({ name, sentence, listeners, publishers: may, callers }) => ({
      name,
      sentence,
      listeners: listeners.map(({ name: listener, protocol, port }) => ({ name: listener, protocol, port })),
      publishers: may,
      callers,
    })),
    clusters: clusters.items
      .filter(({ managed, state }) => managed && state !== "requested")
      .map(({ namespace, name, team }) => ({ key: `${namespace}/${name}`, name, team })),
  };
}
