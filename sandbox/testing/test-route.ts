import { CreateServiceNetworkCommand, VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { type KubeClient, kubeClient } from "../kube/kube-client.ts";
import { apiVersionOf, type KubeObject, type Resource, resources } from "../kube/kube-object.ts";
import { readTenants } from "../players/eks/tenant-slots.ts";
import { awsCallers } from "../players/networking/aws-callers.ts";
import { keptPorts, workloadSlots } from "../state/ports.ts";
import { keptSecrets } from "../state/secrets.ts";
import { type LatticeDoor, latticeDoor } from "./lattice-door.ts";
import type { TestTenant } from "./test-tenant.ts";
import { eventually, type Sandbox } from "./use-sandbox.ts";

export const providerVpc = "vpc-0d2e3f40516273849";
const own = "application-networking.k8s.aws";
const gatewayGroup = "gateway.networking.k8s.io";
const subnets = [
  { id: "subnet-0d11a11a11a11a11a", availabilityZone: "ap-northeast-1a" },
  { id: "subnet-0d22b22b22b22b22b", availabilityZone: "ap-northeast-1c" },
];
const labels = { app: "web" };

function object(resource: Resource, ref: { name: string; namespace?: string }, rest: object, metadata: object = {}): KubeObject {
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata: { ...ref, ...metadata }, ...rest };
}

/** A tenant cluster with a Service `web` of two pods in the namespace `space`, and the client to reach it. */
export async function providerCluster(sandbox: Sandbox, tenant: TestTenant, name: string) {
  const key = `${tenant.namespace}/${name}`;
  const space = `space-${tenant.namespace.replace("team-", "")}`;
  // On a server that two clusters share, only the first one's workloads are played.
  const slots = () => new Set(readTenants(sandbox.folder).map((one) => one.slot)).size;
  await eventually("a workload API server is free", async () => (slots() < workloadSlots ? true : null));
  await tenant.applyCluster(name, { network: { vpc: { id: providerVpc }, subnets } });
  const client = await eventually("the cluster has an API server that answers", async () => tenantClient(sandbox, key));
  const spec = { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } };
  await client.apply(resources.namespace, object(resources.namespace, { name: space }, {}));
  await client.apply(resources.deployment, object(resources.deployment, { namespace: space, name: "web" }, { spec }));
  const ports = [{ name: "http", port: 80, targetPort: "http" }];
  const service = object(resources.service, { namespace: space, name: "web" }, { spec: { selector: labels, ports } });
  // A fresh API server says that its address range is full until it has one.
  await eventually("a Service gets an address", async () => client.apply(resources.service, service).catch(() => null));
  return { key, space, client, eksName: `${tenant.namespace}-${name}` };
}
export type ProviderCluster = Awaited<ReturnType<typeof providerCluster>>;
const container = { name: "web", image: "registry.example.com/web:1", ports: [{ name: "http", containerPort: 8080 }] };

/** A route `web` of the tenant over that Service, in a service network of its own, with an auth policy. Waits until Lattice serves it. */
export async function routeOver(sandbox: Sandbox, tenant: TestTenant, provider: ProviderCluster) {
  const { admin } = sandbox;
  const door = await latticeDoor(sandbox.folder);
  const network = "net-test";
  await createNetwork(sandbox, door, network);
  const { namespace } = tenant;
  const team = namespace.replace("team-", "");
  const listener = { name: "https", protocol: "HTTPS", port: 443, allowedRoutes: { namespaces: { from: "All" } } };
  const label = { metadata: { labels: { [`trellis.internal/network-${network}`]: "true" } } };
  await admin.merge(resources.namespace, { name: namespace }, label);
  const anchors: [Resource, KubeObject][] = [
    [resources.namespace, object(resources.namespace, { name: "lattice-test" }, {})],
    [resources.namespace, object(resources.namespace, { name: provider.space }, {})],
    [
      resources.gatewayClass,
      object(resources.gatewayClass, { name: "amazon-vpc-lattice" }, { spec: { controllerName: `${own}/gateway-api-controller` } }),
    ],
    [
      resources.gateway,
      object(
        resources.gateway,
        { namespace: "lattice-test", name: network },
        { spec: { gatewayClassName: "amazon-vpc-lattice", listeners: [listener] } },
      ),
    ],
  ];
  for (const [resource, one] of anchors) await admin.apply(resource, one);
  const exported = exportObject(provider.space);
  await eventually("the provider knows exports", async () => provider.client.apply(resources.serviceExport, exported).catch(() => null));
  const imported = `${team}-import-web`;
  const pins = { [`${own}/export-name`]: "web", [`${own}/aws-eks-cluster-name`]: provider.eksName, [`${own}/aws-vpc`]: providerVpc };
  await admin.apply(
    resources.serviceImport,
    object(
      resources.serviceImport,
      { namespace: provider.space, name: imported },
      { spec: { type: "ClusterSetIP", ports: [{ port: 80 }] } },
      { annotations: pins },
    ),
  );
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::333344445555:role/${team}` }, Action: "vpc-lattice-svcs:Invoke", Resource: "*" },
    ],
  });
  const targetRef = { group: gatewayGroup, kind: "HTTPRoute", name: "web" };
  await admin.apply(resources.iamAuthPolicy, object(resources.iamAuthPolicy, { namespace, name: "web" }, { spec: { policy, targetRef } }));
  const backend = { group: own, kind: "ServiceImport", namespace: provider.space, name: imported, weight: 1 };
  const parent = { group: gatewayGroup, kind: "Gateway", namespace: "lattice-test", name: network, sectionName: "https" };
  const serviceName = `${team}-web`;
  /** Applies the route with one rule for each path. */
  const applyRoute = (...paths: string[]) =>
    admin.apply(
      resources.httpRoute,
      object(
        resources.httpRoute,
        { namespace, name: "web" },
        {
          spec: {
            parentRefs: [parent],
            rules: paths.map((value) => ({ matches: [{ path: { type: "PathPrefix", value } }], backendRefs: [backend] })),
          },
        },
        { annotations: { [`${own}/service-name-override`]: serviceName } },
      ),
    );
  await applyRoute("/");
  const seen = async () => routeInLattice(await door.region(), serviceName, provider);
  await eventually("Lattice serves the route", async () => {
    const { service, association, targets } = await seen();
    const served = service?.authType === "AWS_IAM" && association?.status === "ACTIVE";
    return served && targets.length === 2 && targets.every((one) => one.status === "HEALTHY") ? true : null;
  });
  return { key: `${namespace}/web`, ref: { namespace, name: "web" }, serviceName, door, seen, applyRoute };
}
export type TestRoute = Awaited<ReturnType<typeof routeOver>>;

export function exportObject(space: string): KubeObject {
  const annotations = { [`${own}/federation`]: "amazon-vpc-lattice" };
  const spec = { exportedPorts: [{ port: 80, routeType: "HTTP" }] };
  return object(resources.serviceExport, { namespace: space, name: "web" }, { spec }, { annotations });
}

function routeInLattice(region: Awaited<ReturnType<LatticeDoor["region"]>>, serviceName: string, provider: ProviderCluster) {
  const service = region.services.find((one) => one.name === serviceName) ?? null;
  const group = region.targetGroups.find((one) => one.tags[`${own}/ClusterName`] === provider.eksName) ?? null;
  return {
    service,
    association: region.serviceAssociations.find((one) => one.serviceId === service?.id) ?? null,
    rules: (service?.listeners ?? []).flatMap((one) => one.rules).filter((one) => !one.isDefault),
    group,
    targets: (group?.targets ?? []).filter((one) => one.status !== "DRAINING"),
  };
}

/** An administrator's client of a tenant cluster's API server, `<namespace>/<cluster>`; null while none answers. */
export async function tenantClient(sandbox: Sandbox, key: string): Promise<KubeClient | null> {
  const tenant = readTenants(sandbox.folder).find((one) => one.cluster === key);
  const port = tenant ? (await keptPorts(sandbox.folder)).workload[tenant.slot] : undefined;
  if (port === undefined) return null;
  const client = kubeClient({
    server: `https://127.0.0.1:${port}`,
    ca: sandbox.ca,
    token: keptSecrets(sandbox.folder).adminToken,
    manager: "team",
  });
  try {
    await client.list(resources.namespace);
    return client;
  } catch {
    await client.close();
    return null;
  }
}

async function createNetwork(sandbox: Sandbox, door: LatticeDoor, name: string): Promise<void> {
  if ((await door.region()).networks.some((one) => one.name === name)) return;
  const { accessKeyId } = awsCallers.infrastructure;
  const credentials = { accessKeyId, secretAccessKey: keptSecrets(sandbox.folder).awsSecret };
  const client = new VPCLatticeClient({ endpoint: door.url, region: "ap-northeast-1", credentials });
  await client.send(new CreateServiceNetworkCommand({ name }), { abortSignal: AbortSignal.timeout(10_000) });
  client.destroy();
}
