import type { ObjectRef } from "../../domain/requests/plan.ts";
import type { RouteKind } from "../../domain/routes/observed-route.ts";
import { GATEWAY_API, LATTICE_API } from "../api-groups.ts";
import { ENDPOINT_SLICES, SERVICE_EXPORTS, SERVICES } from "./provider-kinds.ts";

type Place = { readonly namespace: string; readonly name: string };

export function routeObjectRef(kind: RouteKind, { namespace, name }: Place): ObjectRef {
  return { apiVersion: GATEWAY_API, kind, namespace, name };
}

export function gatewayRef({ namespace, name }: Place): ObjectRef {
  return { apiVersion: GATEWAY_API, kind: "Gateway", namespace, name };
}

export function serviceExportRef({ namespace, name }: Place): ObjectRef {
  return { ...SERVICE_EXPORTS, namespace, name };
}

export function kubeServiceRef({ namespace, name }: Place): ObjectRef {
  return { ...SERVICES, namespace, name };
}

/** The EndpointSlices of one Service (discovery.k8s.io/v1). */
export function slicesOf({ namespace, name }: Place) {
  return { ...ENDPOINT_SLICES, namespace, labels: { "kubernetes.io/service-name": name } };
}

/** What of a route stands on the management cluster besides the route itself, and what in a provider cluster. */
export const POLICY_KINDS = ["IAMAuthPolicy", "AccessLogPolicy"].map((kind) => ({ apiVersion: LATTICE_API, kind }));
export const IMPORT_KINDS = [
  { apiVersion: LATTICE_API, kind: "ServiceImport" },
  { apiVersion: GATEWAY_API, kind: "ReferenceGrant" },
];
