import type { ObservedCondition } from "../../domain/clusters/observed-cluster.ts";
import type { ObservedGateway, ObservedListener } from "../../domain/routes/observed-route.ts";
import { readConditions, readObject, type Seen } from "../clusters/read-object.ts";
import { countAt, listAt, textAt } from "../safe-read.ts";

const MAX_LISTENERS = 64;
const NETWORK_ARN = /\barn:aws[a-z-]*:vpc-lattice:[a-z0-9-]+:\d{12}:servicenetwork\/sn-[0-9a-z]+/;

/** Gateway (gateway.networking.k8s.io/v1): its name is the service network's, whose ARN stands in the message of `Programmed` (lattice.md §1.3). */
export function readGateway(seen: Seen): ObservedGateway {
  const { object } = seen;
  const own = readObject(seen);
  return {
    ...own,
    namespace: object.metadata.namespace ?? "",
    name: object.metadata.name,
    className: textAt(object, "spec", "gatewayClassName") ?? "",
    networkArn: networkArnOf(own.conditions),
    listeners: listAt(object, "spec", "listeners")
      .slice(0, MAX_LISTENERS)
      .flatMap((listener) => readListener(object, listener)),
  };
}

function networkArnOf(conditions: readonly ObservedCondition[]): string | null {
  const programmed = conditions.find(({ type, status }) => type === "Programmed" && status === "True");
  return NETWORK_ARN.exec(programmed?.message ?? "")?.[0] ?? null;
}

function readListener(object: unknown, listener: unknown): ObservedListener[] {
  const name = textAt(listener, "name");
  const port = countAt(listener, "port");
  if (name === null || port === null) return [];
  const status = listAt(object, "status", "listeners").find((one) => textAt(one, "name") === name);
  return [
    {
      name,
      port,
      protocol: textAt(listener, "protocol") ?? "",
      hostname: textAt(listener, "hostname"),
      attachedRoutes: countAt(status, "attachedRoutes"),
      conditions: readConditions({ status }),
    },
  ];
}
