import { z } from "zod";
import { ReachOptions } from "../../domain/topology/reach-view.ts";
import { query } from "../query.ts";
import { readNetworking } from "../routes/read-networking.ts";
import { reachCallers, usableNetworks } from "./reach-callers.ts";
import { reachServices } from "./reach-services.ts";

/** What the form offers: callers, services and networks that the actor may ask about. Roles and service accounts are typed. */
export const reachOptions = query({
  name: "reach.options",
  input: z.strictObject({}),
  output: ReachOptions,
  permission: "reach.read",
  scope: async () => ({ type: "installation" }),
  run: async (_input, ctx) => {
    const reads = { ...ctx, networking: await readNetworking(ctx.db.read) };
    const services = reachServices(reads).map(({ facts }) => facts.service);
    const networks = new Set([...usableNetworks(reads).map(({ network }) => network.name), ...services.flatMap((one) => one.networks)]);
    return {
      callers: reachCallers(reads).map(({ view }) => view),
      services: services.sort((one, other) => (`${one.namespace}/${one.name}` < `${other.namespace}/${other.name}` ? -1 : 1)),
      networks: [...networks].sort(),
    };
  },
});
