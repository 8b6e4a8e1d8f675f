import { describe, expect, it } from "vitest";
import { endpointSlice } from "./play-endpoint-slices.ts";
import { type AddressBook, releaseAddresses, takeAddress } from "./pod-addresses.ts";
import { Pod, Service } from "./workload-objects.ts";

const pod = (name: string, change: { ready?: boolean; leaving?: boolean; ip?: string; app?: string } = {}) =>
  Pod.parse({
    metadata: {
      name,
      namespace: "payments",
      uid: name,
      labels: { app: change.app ?? "orders" },
      ...(change.leaving ? { deletionTimestamp: "2026-11-20T10:00:00Z" } : {}),
    },
    spec: { nodeName: "node-1", containers: [{ name: "orders", ports: [{ name: "web", containerPort: 8080 }] }] },
    status: { podIP: change.ip ?? "10.50.1.1", conditions: [{ type: "Ready", status: change.ready === false ? "False" : "True" }] },
  });
const service = (targetPort: number | string) =>
  Service.parse({
    metadata: { name: "orders", namespace: "payments", uid: "s-1", labels: { team: "payments" } },
    spec: { selector: { app: "orders" }, ports: [{ name: "http", port: 80, targetPort }] },
  });

describe("the slice of a Service", () => {
  it("holds the addresses of its pods with the container port behind the Service's", () => {
    const slice = endpointSlice(service("web"), [pod("b", { ip: "10.50.1.2" }), pod("a"), pod("other", { app: "cart" })]);
    expect(slice).toMatchObject({
      metadata: { namespace: "payments", labels: { "kubernetes.io/service-name": "orders", team: "payments" } },
      ports: [{ name: "http", port: 8080, protocol: "TCP" }],
      endpoints: [
        { addresses: ["10.50.1.1"], conditions: { ready: true, serving: true, terminating: false }, nodeName: "node-1" },
        { addresses: ["10.50.1.2"], targetRef: { kind: "Pod", name: "b" } },
      ],
    });
    expect(slice["endpoints"]).toHaveLength(2);
  });

  it("says which pods are not ready and which are leaving", () => {
    const slice = endpointSlice(service(8080), [pod("a", { ready: false }), pod("b", { leaving: true, ip: "10.50.1.2" })]);
    expect(slice["endpoints"]).toMatchObject([
      { conditions: { ready: false, serving: false, terminating: false } },
      { conditions: { ready: false, serving: true, terminating: true } },
    ]);
  });
});

describe("a pod's address", () => {
  it("is in the block, always the same, and nobody else's until it is given back", () => {
    const book: AddressBook = new Map();
    const block = "10.50.0.0/22";
    const taken = Array.from({ length: 512 }, (_, at) => takeAddress(book, block, `pod-${at}`));
    expect(new Set(taken).size).toBe(512);
    expect(taken.every((address) => /^10\.50\.[12]\.\d+$/.test(address))).toBe(true);
    expect(takeAddress(book, block, "pod-7")).toBe(taken[7]);
    expect(() => takeAddress(book, block, "one-more")).toThrow(/every address of 10\.50\.0\.0\/22 is taken/);
    releaseAddresses(book, new Set(["pod-7", "pod-8"]), new Set(["pod-8"]));
    expect(takeAddress(book, block, "one-more")).toBe(taken[7]);
    const fresh: AddressBook = new Map();
    expect(takeAddress(fresh, "10.50.0.0/16", "pod-1")).toBe(takeAddress(new Map(), "10.50.0.0/16", "pod-1"));
  });
});
