import type { z } from "zod";
import type { KubeObject } from "../../kube/kube-object.ts";
import { EndpointSlice, Gateway, GatewayClass, Route, ServiceExport, TargetGroupPolicy } from "./network-objects.ts";

/** Objects of a cache are replaced, never changed, so each is read once however many others are looked at for its sake. */
function readOnce<T>(schema: z.ZodType<T>): (object: KubeObject) => T {
  const known = new WeakMap<KubeObject, T>();
  return (object) => {
    const read = known.get(object) ?? schema.parse(object);
    known.set(object, read);
    return read;
  };
}
export const readRoute = readOnce(Route);
export const readGateway = readOnce(Gateway);
export const readGatewayClass = readOnce(GatewayClass);
export const readEndpointSlice = readOnce(EndpointSlice);
export const readServiceExport = readOnce(ServiceExport);
export const readTargetGroupPolicy = readOnce(TargetGroupPolicy);
