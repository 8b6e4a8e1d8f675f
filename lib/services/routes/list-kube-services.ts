import { z } from "zod";
import type { ObservedCluster } from "../../domain/clusters/observed-cluster.ts";
import { type Message, message } from "../../domain/message.ts";
import { PortalError } from "../../domain/portal-error.ts";
import { isPlatformNamespace } from "../../domain/routes/check-backends.ts";
import { exportKey, exportNameOf } from "../../domain/routes/export-names.ts";
import { KubeServiceView } from "../../domain/routes/route-view.ts";
import { ENDPOINT_SLICES, SERVICES } from "../../manifests/routes/provider-kinds.ts";
import { type ReadKubeService, readKubeServices } from "../../manifests/routes/read-kube-services.ts";
import { ClusterName, ownClusterScope } from "../clusters/find-cluster.ts";
import type { Context } from "../context.ts";
import { query } from "../query.ts";
import { providerDestination } from "./route-target.ts";

/**
 * What runs in a tenant cluster, asked now, for members of its team; others learn nothing of the cluster. Pods matter for the eye only: a kubeService
 * without ready pods may be published. `UNAVAILABLE` `kubernetes.tenantUnreachable` and `PRECONDITION` `kubernetes.kubeconfigRefused` as the port.
 */
export const listKubeServices = query({
  name: "kubeService.list",
  input: ClusterName,
  output: z.strictObject({ items: z.array(KubeServiceView), nextCursor: z.null() }),
  permission: "kubeService.list",
  scope: ownClusterScope,
  run: async (input, ctx) => {
    const destination = destinationOf(input, ctx.clusters.find(input.namespace, input.name));
    const cluster = ctx.kube.cluster(destination);
    const [services, slices] = await Promise.all([
      cluster.list(SERVICES, { signal: ctx.signal }),
      cluster.list(ENDPOINT_SLICES, { signal: ctx.signal }),
    ]);
    const items = await Promise.all(readKubeServices(services, slices).map((service) => toView(ctx, destination, service)));
    return { items, nextCursor: null };
  },
});

function destinationOf({ namespace, name }: ClusterName, observed: ObservedCluster | undefined): string {
  if (observed === undefined)
    throw new PortalError("UNAVAILABLE", "kubernetes.tenantUnreachable", {
      cluster: `${namespace}/${name}`,
      namespace,
      name,
      reason: "kubeconfig",
    });
  return providerDestination(observed.managementCluster, `${namespace}/${name}`);
}

async function toView(ctx: Context, destination: string, service: ReadKubeService): Promise<KubeServiceView> {
  const { namespace, name, ports, readyPods, totalPods, owner } = service;
  const whyNot = whyNotPublish(service);
  const publishedBy = whyNot === null ? await publisherOf(ctx, destination, service) : null;
  return { namespace, name, ports: [...ports], readyPods, totalPods, owner, publishedBy, whyNot };
}

/** The route over its export, as `namespace/name`, else the request that reserved it. */
async function publisherOf(ctx: Context, destination: string, { namespace, name }: ReadKubeService): Promise<string | null> {
  const backend = { namespace, kubeService: name };
  const [route] = ctx.routes.usersOfExport(destination, namespace, exportNameOf(backend));
  if (route !== undefined) return `${route.namespace}/${route.name}`;
  return (await ctx.db.read.requests.findReservation({ key: exportKey(destination, backend) }))?.id ?? null;
}

/** What Lattice or the platform does not take (lattice.md §1.7; issue "Where they live"). */
function whyNotPublish({ namespace, name, ports, ipFamilies, headless, external }: ReadKubeService): Message | null {
  if (isPlatformNamespace(namespace)) return message("kubeServices.whyNot.platformNamespace", { namespace });
  if (namespace === "default" && name === "kubernetes") return message("kubeServices.whyNot.apiServer");
  if (external) return message("kubeServices.whyNot.external");
  if (headless) return message("kubeServices.whyNot.headless");
  if (ipFamilies.length > 1) return message("kubeServices.whyNot.dualStack", { families: ipFamilies.join(", ") });
  return ports.some(({ protocol }) => protocol === "TCP") ? null : message("kubeServices.whyNot.noTcpPort");
}
