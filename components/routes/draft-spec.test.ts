import { describe, expect, it } from "vitest";
import { healthCheckDefaults } from "../../lib/domain/routes/health-check-defaults.ts";
import { RouteSpec } from "../../lib/domain/routes/route-input.ts";
import { isWorthAsking, toSpec } from "./draft-spec.ts";
import { emptyDraft, fromSpec, healthForProtocol } from "./route-draft.ts";
import { readStoredDraft } from "./stored-route-draft.ts";

const backend = (kubeService: string, weight: number) => ({
  cluster: "team-payments/checkout",
  namespace: "payments",
  kubeService,
  port: 80,
  weight,
});
const spec = RouteSpec.parse({
  network: "net-prod",
  protocol: "http",
  listener: "https",
  hostname: "orders.example.com",
  rules: [
    {
      match: { path: { type: "exact", value: "/v1/bulk" }, method: "POST", headers: [{ name: "x-tier", value: "batch" }] },
      backends: [backend("orders", 1)],
    },
    { match: { path: { type: "prefix", value: "/v1/" }, headers: [] }, backends: [backend("orders", 90), backend("orders-next", 10)] },
  ],
  healthCheck: {
    enabled: true,
    path: "/healthz",
    intervalSeconds: 10,
    timeoutSeconds: 5,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
    statusMatch: "200",
    port: 8081,
  },
  access: {
    type: "callers",
    callers: [
      {
        team: "shop",
        name: "cart",
        principal: { type: "cluster", cluster: "team-shop/storefront" },
        methods: ["GET", "HEAD"],
        paths: ["/v1/*", "/v2/*"],
      },
    ],
  },
  accessLogs: { destinationArn: "arn:aws:s3:::logs-of-orders" },
  visibility: "organisation",
  description: "Orders of the shop",
});
const base = { team: "payments", name: "orders", purpose: "" };

describe("the draft of a route", () => {
  it("says what the spec said, and nothing else", () => {
    expect(toSpec(fromSpec(spec, base))).toEqual(spec);
  });
  it("says a spec with a policy, a gRPC method and no health check back unchanged", () => {
    const other = RouteSpec.parse({
      ...spec,
      protocol: "grpc",
      rules: [{ match: { headers: [], grpc: { service: "shop.Cart", method: "Add" } }, backends: [backend("cart", 1)] }],
      access: { type: "policy", policy: '{"Version":"2012-10-17"}' },
    });
    expect(toSpec(fromSpec(other, base))).toEqual(other);
  });
  it("keeps a number that is none as text, for the door to refuse", () => {
    const draft = fromSpec(spec, base);
    const [side] = draft.sides;
    const typed = { ...draft, sides: draft.sides.map((one) => (one === side ? { ...one, port: "eighty" } : one)) };
    expect(RouteSpec.safeParse(toSpec(typed)).error?.issues[0]?.path).toEqual(["rules", 0, "backends", 0, "port"]);
  });
  it("survives being kept on the device", () => {
    const draft = fromSpec(spec, base);
    expect(readStoredDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
    expect(readStoredDraft({ ...draft, rules: "none" })).toBeNull();
  });
  it("asks for no plan while something needed is empty", () => {
    expect(isWorthAsking(emptyDraft("payments", { name: "net-prod", listener: "https" }))).toBe(false);
    expect(isWorthAsking(fromSpec(spec, base))).toBe(true);
  });
  it("begins with the health check of its protocol, and changes it with the protocol", () => {
    const draft = emptyDraft("payments", null);
    expect(toSpec(draft)).toMatchObject({ healthCheck: healthCheckDefaults("http") });
    for (const protocol of ["grpc", "tls"] as const)
      expect(toSpec({ ...draft, protocol, health: healthForProtocol(draft, protocol) })).toMatchObject({
        healthCheck: healthCheckDefaults(protocol),
      });
  });
  it("keeps what was typed of the health check when the protocol changes", () => {
    const draft = emptyDraft("payments", null);
    const health = healthForProtocol({ protocol: "http", health: { ...draft.health, path: "/ready", port: "8081" } }, "grpc");
    expect(health).toMatchObject({ enabled: false, path: "/ready", port: "8081" });
    const on = healthForProtocol({ protocol: "grpc", health: { ...health, enabled: true } }, "tls");
    expect(on).toMatchObject({ enabled: true, path: "/ready" });
  });
  it("says one rule and everybody for passthrough, and the callers and rules again on the way back", () => {
    const draft = fromSpec(spec, base);
    const tls = { ...draft, protocol: "tls" as const };
    expect(toSpec(tls)).toMatchObject({ access: { type: "network" }, rules: [{ match: { headers: [] } }] });
    expect(isWorthAsking({ ...tls, callers: [] })).toBe(true);
    expect(toSpec({ ...tls, protocol: "http" })).toEqual(spec);
  });
  it("says a gRPC method without its service as it is typed, so that the service is asked for", () => {
    const draft = { ...emptyDraft("payments", null), protocol: "grpc" as const };
    expect(toSpec({ ...draft, rules: draft.rules.map((rule) => ({ ...rule, grpcMethod: "Add" })) })).toMatchObject({
      rules: [{ match: { grpc: { service: "", method: "Add" } } }],
    });
  });
});
