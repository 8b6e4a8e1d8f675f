import type { ObjectRef } from "../../domain/requests/plan.ts";
import type { ObservedRoute } from "../../domain/routes/observed-route.ts";
import { destinationOf } from "../../domain/routes/route-facts.ts";
import { LATTICE_API } from "../api-groups.ts";
import { targetGroupPolicyName } from "./build-target-group-policy.ts";

export type PlacedRef = { readonly destination: string; readonly ref: ObjectRef };

/** Every object a route is made of, by the cluster it stands in: route and policies beside the imports on the management cluster, export and health policy in each provider cluster. */
export function routeRefs(observed: ObservedRoute): readonly PlacedRef[] {
  const own = [observed.ref, observed.policy?.ref, observed.accessLog?.ref, ...observed.imports.map(({ ref }) => ref)];
  return [
    ...own.flatMap((ref) => (ref === undefined ? [] : [{ destination: observed.managementCluster, ref }])),
    ...observed.imports.flatMap((one) => {
      const destination = destinationOf(observed, one);
      const { namespace } = one;
      const name = one.exportName ?? one.name;
      if (destination === null) return [];
      return [
        { destination, ref: { apiVersion: LATTICE_API, kind: "ServiceExport", namespace, name } },
        { destination, ref: { apiVersion: LATTICE_API, kind: "TargetGroupPolicy", namespace, name: targetGroupPolicyName(name) } },
      ];
    }),
  ];
}
