import type { FakeKubernetes } from "../../adapters/kubernetes/fake.ts";
import { JsonObject } from "../../domain/json.ts";
import type { KubeObject, ObjectRef } from "../../domain/requests/plan.ts";
import { HEALTH_KEY, LATTICE_LISTS, type LatticeFactKind, latticeFactKey, latticeSource } from "../../domain/routes/lattice-fact.ts";
import { LATTICE_TAGS } from "../../domain/routes/lattice-facts.ts";
import { latticeMatchOf } from "../../domain/routes/lattice-match.ts";
import type { ExportFact } from "../../domain/routes/provider-facts.ts";
import { Networking } from "../../domain/tenancy/networking.ts";
import { withProvenance } from "../../manifests/provenance.ts";
import { buildImportNamespace } from "../../manifests/routes/build-import-namespace.ts";
import { buildRouteObjects } from "../../manifests/routes/build-route-objects.ts";
import type { RouteToBuild } from "../../manifests/routes/route-to-build.ts";
import type { FactStore } from "./fact-store.ts";

export const ACCOUNT = "platform-prod";
const NETWORK = { id: "sn-0a1b2c3d4e5f60718", name: "net-prod" };
const ARN = "arn:aws:vpc-lattice:ap-northeast-1:333344445555";
export const CALLER_VPC = "vpc-0bb0000000000000b";

export const NETWORKING = Networking.parse({
  lattice: [
    {
      account: ACCOUNT,
      readRoleArn: "arn:aws:iam::333344445555:role/trellis-read",
      managementCluster: "mgmt-local",
      controller: { clusterName: "trellis-mgmt", vpcId: "vpc-0d1e2f30415263748" },
    },
  ],
  serviceNetworks: [
    {
      name: NETWORK.name,
      account: ACCOUNT,
      listeners: [
        { name: "http", protocol: "HTTP", port: 80 },
        { name: "https", protocol: "HTTPS", port: 443 },
      ],
      publishers: ["payments"],
      callers: ["shop"],
      consumers: [{ vpcId: CALLER_VPC, cluster: "team-shop/storefront", team: "shop" }],
    },
  ],
});

/** What the platform, the controllers and AWS make of a route, as tests need it: objects on the fake API server, facts in the store. */
export function createRouteFleet({
  kube,
  facts,
  clock,
}: {
  readonly kube: FakeKubernetes;
  readonly facts: FactStore;
  readonly clock: { now(): Date };
}) {
  const apply = (object: KubeObject) => kube.applyAs("setup", object);

  function take(kind: LatticeFactKind, id: string, data: object | null, at = clock.now()): void {
    facts.take([
      { source: latticeSource(ACCOUNT), key: latticeFactKey(kind, id), data: data === null ? null : JsonObject.parse(data), at },
    ]);
  }

  function lists(): void {
    for (const list of [
      LATTICE_LISTS.services,
      LATTICE_LISTS.networks,
      LATTICE_LISTS.groups,
      LATTICE_LISTS.serviceTags,
      LATTICE_LISTS.groupTags,
      LATTICE_LISTS.associations(NETWORK.id),
      LATTICE_LISTS.vpcs(NETWORK.id),
    ])
      take("list", list, {});
  }

  return {
    take,
    lists,
    /** Network, Gateway and VPC association, all well. */
    platform(): void {
      const namespace = (name: string) => object("v1", "Namespace", { name });
      apply(namespace("lattice"));
      kube.applyAs("trellis", buildImportNamespace("payments"));
      apply(
        object(
          "gateway.networking.k8s.io/v1",
          "GatewayClass",
          { name: "amazon-vpc-lattice" },
          { spec: { controllerName: "application-networking.k8s.aws/gateway-api-controller" } },
        ),
      );
      apply(
        object(
          "gateway.networking.k8s.io/v1",
          "Gateway",
          { name: NETWORK.name, namespace: "lattice" },
          {
            spec: {
              gatewayClassName: "amazon-vpc-lattice",
              listeners: [
                { name: "http", protocol: "HTTP", port: 80 },
                { name: "https", protocol: "HTTPS", port: 443 },
              ],
            },
            status: {
              conditions: [
                {
                  type: "Programmed",
                  status: "True",
                  reason: "Programmed",
                  message: `aws-service-network-arn: ${ARN}:servicenetwork/${NETWORK.id}`,
                },
              ],
            },
          },
        ),
      );
      facts.take([
        {
          source: latticeSource(ACCOUNT),
          key: HEALTH_KEY,
          data: { callsPerSecond: 5, throttledUntil: null, lastPassAt: clock.now().toISOString(), error: null },
          at: clock.now(),
        },
      ]);
      take("network", NETWORK.id, { ...NETWORK, arn: `${ARN}:servicenetwork/${NETWORK.id}`, services: 1, vpcs: 1 });
      const detail = { ...NETWORK, arn: `${ARN}:servicenetwork/${NETWORK.id}`, authType: "NONE", sharing: null };
      take("network-detail", NETWORK.id, { readable: true, detail });
      take("network-policy", NETWORK.id, { readable: true, policy: null });
      take("vpc", "snva-1", {
        id: "snva-1",
        arn: "arn:snva",
        status: "ACTIVE",
        vpcId: CALLER_VPC,
        networkId: NETWORK.id,
        networkName: NETWORK.name,
      });
      lists();
    },
    /** The objects of a route, as an earlier request would have left them, with the controller's conditions. */
    plant(route: RouteToBuild): void {
      const built = buildRouteObjects(route);
      for (const one of [...built.imports, ...built.policies, built.route, ...(built.accessLog === null ? [] : [built.accessLog])])
        kube.applyAs("trellis", withProvenance(one, { requestId: "R-999", contentHash: "0".repeat(64) }));
      const parentRef = { kind: "Gateway", namespace: "lattice", name: NETWORK.name, sectionName: route.spec.listener };
      const conditions = ["Accepted", "ResolvedRefs"].map((type) => ({ type, status: "True", reason: type, observedGeneration: 1 }));
      kube.patchAs("gateway-controller", refOf(built.route), { status: { parents: [{ parentRef, controllerName: "x", conditions }] } });
      for (const policy of built.policies)
        kube.patchAs("gateway-controller", refOf(policy), {
          status: { conditions: [{ type: "Accepted", status: "True", reason: "Accepted" }] },
        });
    },
    /** Lattice holds the route with one healthy target per group, and its provider clusters have the exports. */
    hold(route: RouteToBuild): { readonly serviceId: string; readonly groupIds: readonly string[] } {
      const serviceId = `svc-${idOf(route.serviceName)}`;
      const arn = `${ARN}:service/${serviceId}`;
      const service = {
        id: serviceId,
        arn,
        name: route.serviceName,
        status: "ACTIVE",
        domainName: `${route.serviceName}-1.vpc-lattice-svcs.ap-northeast-1.on.aws`,
        customDomainName: null,
        createdAt: null,
        lastUpdatedAt: null,
      };
      const policy = buildRouteObjects(route).policies[0]?.["spec"];
      const text =
        typeof policy === "object" && policy !== null && "policy" in policy && typeof policy.policy === "string" ? policy.policy : null;
      const groupOf = (backend: RouteToBuild["spec"]["rules"][number]["backends"][number]) =>
        `tg-${idOf(`${backend.cluster}/${backend.namespace}/${backend.kubeService}`)}`;
      const backends = route.spec.rules.flatMap((rule) => rule.backends);
      take("service", serviceId, service);
      take("detail", serviceId, {
        ...service,
        authType: text === null ? "NONE" : "AWS_IAM",
        certificateArn: null,
        failureCode: null,
        failureMessage: null,
      });
      take("service-tags", serviceId, { tags: { [LATTICE_TAGS.routeName]: route.name, [LATTICE_TAGS.routeNamespace]: route.namespace } });
      take("policy", serviceId, { policy: text === null ? null : { policy: text, state: "Active" } });
      take("logs", serviceId, { items: [] });
      take("association", `snsa-${serviceId}`, {
        id: `snsa-${serviceId}`,
        arn: "arn:snsa",
        status: "ACTIVE",
        serviceId,
        serviceArn: arn,
        networkId: NETWORK.id,
        networkName: NETWORK.name,
        failureCode: null,
        failureMessage: null,
      });
      take("listeners", serviceId, {
        items: [
          {
            id: "listener-1",
            port: 443,
            protocol: "HTTPS",
            rules: [
              ...route.spec.rules.map((rule, index) => {
                const { method, path, headers } = latticeMatchOf(rule.match);
                return {
                  id: `rule-${index}`,
                  priority: index + 1,
                  isDefault: false,
                  method,
                  path,
                  headers: headers.map((header) => ({ ...header, type: "exact" })),
                  action: {
                    forward: rule.backends.map((backend) => ({ targetGroupId: groupOf(backend), weight: backend.weight })),
                    fixedStatus: null,
                  },
                };
              }),
              {
                id: "rule-default",
                priority: null,
                isDefault: true,
                method: null,
                path: null,
                headers: [],
                action: { forward: [], fixedStatus: 404 },
              },
            ],
          },
        ],
      });
      for (const backend of backends) {
        const provider = route.providers[backend.cluster];
        if (provider === undefined) throw new Error(`${backend.cluster} is no provider of the test's route`);
        const id = groupOf(backend);
        take("group", id, {
          id,
          arn: `${ARN}:targetgroup/${id}`,
          name: `k8s-${backend.namespace}-${backend.kubeService}`,
          type: "IP",
          status: "ACTIVE",
          port: backend.port,
          protocol: "HTTP",
          vpcId: provider.vpcId,
          serviceArns: [arn],
          tags: {},
        });
        take("group-tags", id, {
          tags: {
            [LATTICE_TAGS.clusterName]: provider.eksName,
            [LATTICE_TAGS.serviceName]: backend.kubeService,
            [LATTICE_TAGS.serviceNamespace]: backend.namespace,
            [LATTICE_TAGS.sourceType]: "ServiceExport",
            [LATTICE_TAGS.protocolVersion]: "HTTP1",
          },
        });
        take("targets", id, { items: [{ id: "10.0.1.10", port: 8080, status: "HEALTHY", reasonCode: null }] });
        const exported: ExportFact = {
          namespace: backend.namespace,
          name: backend.kubeService,
          uid: `uid-${id}`,
          createdAt: null,
          deletingSince: null,
          hasFinalizers: true,
          federated: true,
          request: "R-999",
          port: backend.port,
          routeType: "HTTP",
          kubeService: { ports: [backend.port], ipFamilies: ["IPv4"], readyPods: 1 },
          podAddresses: ["10.0.1.10"],
          healthCheck: { enabled: true, path: "/healthz" },
          protocol: "HTTP1",
        };
        const at = clock.now();
        facts.take([
          {
            source: `provider/${provider.destination}`,
            key: `${backend.namespace}/${backend.kubeService}`,
            data: JsonObject.parse(exported),
            at,
          },
          { source: `provider/${provider.destination}`, key: "look", data: { freshAt: at.toISOString(), error: null }, at },
        ]);
      }
      lists();
      return { serviceId, groupIds: backends.map(groupOf) };
    },
  };
}

function idOf(text: string): string {
  let hash = 7n;
  for (const char of text) hash = (hash * 31n + BigInt(char.codePointAt(0) ?? 0)) % 2n ** 64n;
  return hash.toString(16).padStart(17, "0").slice(0, 17);
}

function refOf(one: KubeObject): ObjectRef {
  const { name, namespace } = one.metadata;
  // eslint-disable-next-line no-restricted-syntax -- objects that others write, as tests set them up
  return { apiVersion: one.apiVersion, kind: one.kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function object(
  apiVersion: string,
  kind: string,
  metadata: { readonly name: string; readonly namespace?: string },
  more: object = {},
): KubeObject {
  // eslint-disable-next-line no-restricted-syntax -- objects that others write, as tests set them up
  return { apiVersion, kind, metadata, ...more };
}
