import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KubeObject } from "../../domain/requests/plan.ts";
import { ExportFact } from "../../domain/routes/provider-facts.ts";
import { readExport } from "./read-export.ts";
import { readKubeServices } from "./read-kube-services.ts";

const make = (kind: string, name: string, more: Readonly<Record<string, unknown>> = {}, metadata: Readonly<Record<string, unknown>> = {}) =>
  KubeObject.parse({ apiVersion: "v1", kind, metadata: { namespace: "payments", name, ...metadata }, ...more });
const service = (name: string, spec: Readonly<Record<string, unknown>> = {}, labels: Readonly<Record<string, string>> = {}) =>
  make(
    "Service",
    name,
    { spec: { type: "ClusterIP", clusterIP: "10.0.0.7", ipFamilies: ["IPv4"], ports: [{ port: 80 }], ...spec } },
    { labels },
  );
const slice = (of: string, endpoints: readonly unknown[], name = `${of}-1`, more: Readonly<Record<string, unknown>> = {}) =>
  make("EndpointSlice", name, { addressType: "IPv4", endpoints, ...more }, { labels: { "kubernetes.io/service-name": of } });
const pod = (address: string, conditions: Readonly<Record<string, unknown>> = { ready: true }) => ({ addresses: [address], conditions });

describe("a kubeService", () => {
  it("is read with its ports, its owner and its pods", () => {
    const ports = [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP" }, { port: 9090 }];
    const labels = { "trellis.internal/team": "payments", "app.kubernetes.io/part-of": "checkout" };
    const pods = [pod("10.1.0.9"), pod("10.1.0.4"), pod("10.1.0.5", { ready: false })];
    expect(readKubeServices([service("orders", { ports }, labels)], [slice("orders", pods), slice("ledger", [pod("10.1.0.8")])])).toEqual([
      {
        namespace: "payments",
        name: "orders",
        ports: [
          { name: "http", port: 80, protocol: "TCP" },
          { name: null, port: 9090, protocol: "TCP" },
        ],
        ipFamilies: ["IPv4"],
        headless: false,
        external: false,
        readyPods: 2,
        totalPods: 3,
        podAddresses: ["10.1.0.4", "10.1.0.9"],
        owner: "payments",
      },
    ]);
  });

  it("counts a pod once, whichever slices it is in, and none that is on its way out", () => {
    const slices = [
      slice("orders", [pod("10.1.0.4", { ready: false }), pod("10.1.0.5", { ready: true, terminating: true })]),
      slice("orders", [pod("10.1.0.4"), { addresses: ["10.1.0.6"] }], "orders-2"),
      slice("orders", [pod("db.example.com")], "orders-3", { addressType: "FQDN" }),
    ];
    const [read] = readKubeServices([service("orders")], slices);
    expect(read).toMatchObject({ readyPods: 2, totalPods: 2, podAddresses: ["10.1.0.4", "10.1.0.6"] });
  });

  it("is told from the same name in another namespace", () => {
    const foreign = make(
      "EndpointSlice",
      "x",
      { endpoints: [pod("10.9.9.9")] },
      { namespace: "shop", labels: { "kubernetes.io/service-name": "orders" } },
    );
    expect(readKubeServices([service("orders")], [foreign])[0]).toMatchObject({ totalPods: 0 });
  });

  it.each([
    ["headless", { clusterIP: "None" }, { headless: true, external: false }],
    ["an ExternalName", { type: "ExternalName", clusterIP: undefined }, { headless: false, external: true }],
    ["dual-stack", { ipFamilies: ["IPv4", "IPv6"] }, { ipFamilies: ["IPv4", "IPv6"] }],
  ])("says that it is %s", (_what, spec, expected) => {
    expect(readKubeServices([service("orders", spec)], [])[0]).toMatchObject(expected);
  });
});

describe("an export", () => {
  const LATTICE = { "application-networking.k8s.aws/federation": "amazon-vpc-lattice" };
  const exported = (more: Readonly<Record<string, unknown>> = {}, annotations: Readonly<Record<string, string>> = LATTICE) =>
    make(
      "ServiceExport",
      "orders",
      { spec: { exportedPorts: [{ port: 80, routeType: "HTTP" }] }, ...more },
      { uid: "u-1", creationTimestamp: "2026-11-22T09:00:00Z", annotations, finalizers: ["serviceexport.k8s.aws/resources"] },
    );
  const policy = (name: string, spec: Readonly<Record<string, unknown>>, at = "2026-11-22T09:00:00Z") =>
    make("TargetGroupPolicy", name, { spec: { targetRef: { kind: "ServiceExport", name: "orders" }, ...spec } }, { creationTimestamp: at });
  const around = (policies: readonly KubeObject[] = []) => ({
    kubeServices: readKubeServices([service("orders"), service("real")], [slice("orders", [pod("10.1.0.4")])]),
    policies,
  });

  it("is a fact with its kubeService and its health check", () => {
    const checks = { protocol: "HTTP", protocolVersion: "HTTP1", healthCheck: { enabled: true, path: "/healthz" } };
    const annotations = { ...LATTICE, "trellis.internal/request": "R-7" };
    expect(readExport(exported({}, annotations), around([policy("orders-lattice", checks)]))).toEqual({
      namespace: "payments",
      name: "orders",
      uid: "u-1",
      createdAt: "2026-11-22T09:00:00.000Z",
      deletingSince: null,
      hasFinalizers: true,
      federated: true,
      request: "R-7",
      port: 80,
      routeType: "HTTP",
      kubeService: { ports: [80], ipFamilies: ["IPv4"], readyPods: 1 },
      podAddresses: ["10.1.0.4"],
      healthCheck: { enabled: true, path: "/healthz" },
      protocol: "HTTP1",
    });
  });

  it("is not federated without the annotation, and has no kubeService when there is none", () => {
    const read = readExport(exported({}, {}), { kubeServices: [], policies: [] });
    expect(read).toMatchObject({ federated: false, kubeService: null, podAddresses: [], healthCheck: null, protocol: "HTTP1" });
  });

  it("follows the annotation to a kubeService of another name", () => {
    const annotations = { ...LATTICE, "application-networking.k8s.aws/service-name": "real" };
    expect(readExport(exported({}, annotations), around()).kubeService).toMatchObject({ readyPods: 0 });
  });

  it.each([
    ["HTTP", {}, true, "HTTP1"],
    ["HTTP", { protocolVersion: "HTTP2" }, false, "HTTP2"],
    ["GRPC", {}, false, "GRPC"],
    ["TLS", {}, false, null],
    ["GRPC", { healthCheck: { enabled: true } }, true, "GRPC"],
    ["HTTP", { healthCheck: { enabled: false } }, false, "HTTP1"],
  ])("of %s with %j has checks %s and version %s", (routeType, spec, enabled, protocol) => {
    const read = readExport(exported({ spec: { exportedPorts: [{ port: 80, routeType }] } }), around([policy("p", spec)]));
    expect([read.healthCheck?.enabled, read.protocol]).toEqual([enabled, protocol]);
  });

  it("goes by the oldest policy on it, and by none on its neighbour", () => {
    const late = policy("a-late", { healthCheck: { enabled: false } }, "2026-11-22T10:00:00Z");
    const first = policy("z-first", { healthCheck: { path: "/first" } });
    const other = policy("other", { targetRef: { kind: "ServiceExport", name: "ledger" } }, "2026-11-20T10:00:00Z");
    expect(readExport(exported(), around([late, other, first])).healthCheck).toEqual({ enabled: true, path: "/first" });
  });

  it("is always a valid fact, whatever anybody wrote", () => {
    const hostile = fc.record({ spec: fc.anything(), status: fc.anything(), endpoints: fc.anything() });
    fc.assert(
      fc.property(hostile, hostile, hostile, fc.anything(), (one, two, three, annotations) => {
        const object = make("ServiceExport", "orders", one, { annotations, finalizers: annotations, labels: annotations });
        const read = readExport(object, {
          kubeServices: readKubeServices([make("Service", "orders", two, { labels: annotations })], [slice("orders", [], "s", three)]),
          policies: [make("TargetGroupPolicy", "p", three)],
        });
        expect(ExportFact.safeParse(read).success).toBe(true);
      }),
    );
  });
});
