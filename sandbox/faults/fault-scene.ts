import type { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { z } from "zod";
import type { KubeClient } from "../kube/kube-client.ts";
import { KubeObject, type ObjectRef, type Resource, resources } from "../kube/kube-object.ts";
import type { LatticeControl } from "../lattice/control/lattice-control.ts";
import { Cluster, ControlPlane } from "../players/eks/eks-objects.ts";
import type { GatewayControllers } from "../players/networking/gateway-controllers.ts";
import type { LatticePlace } from "../players/networking/start-lattice-side.ts";

/** Everything a fault may lay its hand on. */
export type FaultScene = {
  control: LatticeControl;
  place: LatticePlace;
  /** Calls as somebody with a console. */
  somebody: VPCLatticeClient;
  controllers: GatewayControllers;
  /** Puts back what infrastructure code makes, and the certificates. */
  restoreAws: () => Promise<void>;
  management: KubeClient;
  /** The API server of a tenant cluster, by `<namespace>/<name>` or by its EKS name; null when there is none. */
  tenant: (cluster: string) => Promise<KubeClient | null>;
};

const prefix = "application-networking.k8s.aws/";
const Route = KubeObject.extend({
  spec: z.looseObject({
    rules: z
      .array(z.looseObject({ backendRefs: z.array(z.looseObject({ name: z.string(), namespace: z.string().optional() })).optional() }))
      .optional(),
  }),
});
export type SceneRoute = { resource: Resource; object: z.infer<typeof Route>; serviceName: string };
/** An export as a ServiceImport pins it. */
export type SceneExport = { cluster: string; namespace: string; name: string };
export type SceneRegion = ReturnType<FaultScene["control"]["describe"]>;

export async function findRoute(scene: FaultScene, target: ObjectRef): Promise<SceneRoute | null> {
  for (const resource of [resources.httpRoute, resources.grpcRoute, resources.tlsRoute]) {
    const found = await scene.management.find(resource, target);
    if (!found) continue;
    const object = Route.parse(found);
    const given = object.metadata.annotations?.[`${prefix}service-name-override`];
    return { resource, object, serviceName: given ?? defaultName(target) };
  }
  return null;
}

/** The exports behind a route's backends. */
export async function exportsOf(scene: FaultScene, route: SceneRoute): Promise<SceneExport[]> {
  const refs = (route.object.spec.rules ?? []).flatMap((rule) => rule.backendRefs ?? []);
  const imports = await Promise.all(
    refs.map((ref) =>
      scene.management.find(resources.serviceImport, { namespace: ref.namespace ?? route.object.metadata.namespace, name: ref.name }),
    ),
  );
  return imports.flatMap((one) => {
    const pins = one?.metadata.annotations ?? {};
    const name = pins[`${prefix}export-name`];
    const cluster = pins[`${prefix}aws-eks-cluster-name`];
    return name && cluster ? [{ name, cluster, namespace: one?.metadata.namespace ?? "" }] : [];
  });
}

export function regionOf(scene: FaultScene): SceneRegion {
  return scene.control.describe(scene.place);
}

export async function groupsOf(scene: FaultScene, target: ObjectRef): Promise<SceneRegion["targetGroups"]> {
  const route = await findRoute(scene, target);
  if (!route) return [];
  const wanted = await exportsOf(scene, route);
  const tag = (group: SceneRegion["targetGroups"][number], key: string) => group.tags[`${prefix}${key}`];
  return regionOf(scene).targetGroups.filter((group) =>
    wanted.some(
      (one) =>
        tag(group, "ServiceName") === one.name &&
        tag(group, "ServiceNamespace") === one.namespace &&
        tag(group, "ClusterName") === one.cluster,
    ),
  );
}

/** The route's service in Lattice; null while there is none. */
export async function serviceOf(scene: FaultScene, target: ObjectRef): Promise<SceneRegion["services"][number] | null> {
  const route = await findRoute(scene, target);
  return (route && regionOf(scene).services.find((one) => one.name === route.serviceName && one.goneAt === null)) ?? null;
}

/** The VPC of a tenant cluster; null while it has none. */
export async function vpcOf(scene: FaultScene, target: ObjectRef): Promise<string | null> {
  const found = await scene.management.find(resources.cluster, target);
  const name = found ? Cluster.parse(found).spec.controlPlaneRef?.name : undefined;
  const plane = name ? await scene.management.find(resources.managedControlPlane, { namespace: target.namespace, name }) : null;
  return (plane && ControlPlane.parse(plane).spec.network?.vpc?.id) ?? null;
}

/** The controller's own rule for a name: the first 20 of the route's and 18 of the namespace's. */
function defaultName(target: ObjectRef): string {
  const cut = (text: string, length: number) => text.slice(0, length).replace(/-+$/, "");
  return `${cut(target.name, 20)}-${cut(target.namespace ?? "", 18)}`;
}
