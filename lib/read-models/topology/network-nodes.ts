import { nodeId } from "../../domain/topology/node-id.ts";
import { accountOfArn, type Places } from "../../domain/topology/places.ts";
import type { NetworkNodeOf } from "../../domain/topology/service-part.ts";
import type { FactStore } from "../routes/fact-store.ts";

/** Which node each network of Lattice is: the configured one it stands for, else one of its owner. A network shared by RAM is one node, whoever lists it. */
export function networkNodes(facts: FactStore, places: Places): { readonly nodeOf: NetworkNodeOf; readonly text: string } {
  const { serviceNetworks } = places.networking;
  const isConfigured = (account: string, name: string) => serviceNetworks.some((one) => one.account === account && one.name === name);
  const found = new Map<string, { readonly node: string; readonly configured: boolean }>();
  for (const account of facts.accounts()) {
    for (const [id, { name, arn }] of facts.known(account, "network")) {
      const configured = isConfigured(account, name);
      if (found.get(id)?.configured === true || (found.has(id) && !configured)) continue;
      found.set(id, { node: nodeId.network(configured ? account : (accountOfArn(places, arn) ?? account), name), configured });
    }
  }
  return {
    nodeOf: ({ id, name, account }) => found.get(id)?.node ?? nodeId.network(account, name),
    text: JSON.stringify([...found].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}
