import { LATTICE_API } from "../api-groups.ts";

/** What is asked of a provider cluster: its kubeServices with their pods, and what publishes them. */
export const SERVICES = { apiVersion: "v1", kind: "Service" } as const;
export const ENDPOINT_SLICES = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" } as const;
export const SERVICE_EXPORTS = { apiVersion: LATTICE_API, kind: "ServiceExport" } as const;
export const TARGET_GROUP_POLICIES = { apiVersion: LATTICE_API, kind: "TargetGroupPolicy" } as const;
export const EVENTS = { apiVersion: "v1", kind: "Event" } as const;
