import type { ObservedObject } from "../../domain/clusters/observed-cluster.ts";
import { readObject, type Seen } from "../clusters/read-object.ts";
import { textAt } from "../safe-read.ts";

/** Only this name makes a class ours; the class's own name is a convention (lattice.md §1.2). */
export const LATTICE_CONTROLLER = "application-networking.k8s.aws/gateway-api-controller";

export type ObservedGatewayClass = ObservedObject & { readonly name: string; readonly controllerName: string };

/** GatewayClass (gateway.networking.k8s.io/v1). */
export function readGatewayClass(seen: Seen): ObservedGatewayClass {
  return {
    ...readObject(seen),
    name: seen.object.metadata.name,
    controllerName: textAt(seen.object, "spec", "controllerName") ?? "",
  };
}
