import type { JsonObject } from "../../domain/json.ts";
import type { KubeObject } from "../../domain/requests/plan.ts";
import { networkLabel, type ServiceNetworkConfig } from "../../domain/tenancy/networking.ts";
import { GATEWAY_API } from "../api-groups.ts";
import { MANAGED_BY, TRELLIS } from "../keys.ts";
import { CERTIFICATE_ARN, GATEWAY_CLASS } from "./tenancy-keys.ts";

type Listener = ServiceNetworkConfig["listeners"][number];

/**
 * `Gateway` (Gateway API v1), named as the service network it stands for (lattice.md §1.3). Its listeners take routes from namespaces that carry the network's label: the
 * teams that may publish to it. Never deleted.
 */
export function buildGateway({ name, gatewayNamespace, listeners }: ServiceNetworkConfig): KubeObject {
  return {
    apiVersion: GATEWAY_API,
    kind: "Gateway",
    metadata: { name, namespace: gatewayNamespace, labels: { [MANAGED_BY]: TRELLIS } },
    spec: {
      gatewayClassName: GATEWAY_CLASS,
      listeners: listeners.map((listener) => ({
        name: listener.name,
        protocol: listener.protocol,
        port: listener.port,
        ...tlsOf(listener),
        allowedRoutes: { namespaces: { from: "Selector", selector: { matchLabels: { [networkLabel(name)]: "true" } } } },
      })),
    },
  };
}

/**
 * HTTPS always terminates: with the certificate that is named, else with what the controller finds in ACM for a route's own domain, or Lattice's own certificate for a route
 * without one (lattice.md §1.3). The CRD wants a certificateRef or an option, and the controller reads no Secret: hence the reference to nothing.
 */
function tlsOf({ protocol, certificateArn }: Listener): JsonObject {
  if (protocol === "HTTP") return {};
  if (protocol === "TLS") return { tls: { mode: "Passthrough" } };
  const certificate =
    certificateArn === undefined
      ? { certificateRefs: [{ group: "", kind: "Secret", name: "unused" }] }
      : { options: { [CERTIFICATE_ARN]: certificateArn } };
  return { tls: { mode: "Terminate", ...certificate } };
}
