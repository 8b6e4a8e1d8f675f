import { describe, expect, it } from "vitest";
import type { ObservedConsumer, ObservedLattice } from "./observed-route.ts";
import { reachabilityOf } from "./reachability.ts";
import { lattice, NETWORK, NOW, observedRoute, SERVICE, seen, serviceNetwork } from "./testing.ts";

const CART = "arn:aws:iam::333344445555:role/cart";
const VPC = "vpc-0c0ffee0";
const cart: ObservedConsumer = { team: "shop", name: "cart", cluster: null, vpcId: VPC, roleArn: CART, methods: [], paths: [] };
const pods: ObservedConsumer = { ...cart, name: "storefront", cluster: "team-shop/storefront", roleArn: null };
const allow = (more: object = {}) => ({ Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*", ...more });
const deny = (more: object = {}) => allow({ Effect: "Deny", ...more });
const role = (arn = CART) => ({ Principal: { AWS: arn } });
const on = (path: string) => ({ Resource: `arn:aws:vpc-lattice:*:*:service/svc-?????????????????${path}` });
const when = (key: string, value: string, operator = "StringEquals") => ({ Condition: { [operator]: { [key]: value } } });
const method = (value: string) => when("vpc-lattice-svcs:RequestMethod", value);
const held = (...statements: readonly object[]) => ({
  policy: seen({ policy: JSON.stringify({ Statement: statements }), state: "Active" }),
});
const detail = serviceNetwork().detail;
const guarded = (more: Parameters<typeof serviceNetwork>[0]) =>
  serviceNetwork({ detail: detail === null ? null : seen({ ...detail.value, authType: "AWS_IAM" }), ...more });
const ago = (ms: number) => new Date(NOW.getTime() - ms);

const ask = (more: Partial<ObservedLattice>, consumer: ObservedConsumer = cart, kind: "HTTPRoute" | "TLSRoute" = "HTTPRoute") => {
  const { reachable, blockedBy, sentence } = reachabilityOf(observedRoute({ kind, lattice: lattice(more) }), consumer, NOW);
  return `${reachable} ${sentence.messageKey.slice("routeViews.reach.".length)}${blockedBy === null ? "" : ` (${blockedBy})`}`;
};

describe("can a consumer's calls arrive", () => {
  it.each<[string, string, Partial<ObservedLattice>, ObservedConsumer?]>([
    ["the role that the policy names", "yes named", held(allow(role()))],
    ["another role", "no notNamed (policy)", held(allow(role(`${CART}2`)))],
    ["its whole account", "yes named", held(allow(role("arn:aws:iam::333344445555:root")))],
    ["unsigned calls where a role is named", "no notNamed (policy)", held(allow(role())), pods],
    ["unsigned calls from the VPC that is named", "yes named", held(allow(when("vpc-lattice-svcs:SourceVpc", VPC))), pods],
    ["unsigned calls from another VPC", "no notNamed (policy)", held(allow(when("vpc-lattice-svcs:SourceVpc", "vpc-0d"))), pods],
    [
      "unsigned calls where a condition keeps them out",
      "no notNamed (policy)",
      held(allow(when("aws:PrincipalType", "Anonymous", "StringNotEquals"))),
      pods,
    ],
    ["a deny of everything for everybody", "no notNamed (policy)", held(allow(role()), deny())],
    [
      "a deny of everything for the role under a condition that holds",
      "no notNamed (policy)",
      held(allow(), deny({ ...role(), ...when("vpc-lattice-svcs:SourceVpc", VPC) })),
    ],
    ["a deny of the service by its ARN", "no notNamed (policy)", held(allow(), deny({ Resource: `${SERVICE.arn}/*` }))],
    ["a deny of one path", "yes named", held(allow(role()), deny(on("/admin/*")))],
    [
      "a deny of the only path it was allowed",
      "no notNamed (policy)",
      held(allow(role()), deny(on("/admin/*"))),
      { ...cart, paths: ["/admin/users"] },
    ],
    ["a deny for one method", "yes named", held(allow(role()), deny(method("DELETE")))],
    [
      "a deny for the only method it was allowed",
      "no notNamed (policy)",
      held(allow(role()), deny(method("DELETE"))),
      { ...cart, methods: ["DELETE"] },
    ],
    [
      "a method of two that it was allowed",
      "yes named",
      held(allow({ ...role(), ...method("GET") })),
      { ...cart, methods: ["POST", "GET"] },
    ],
    [
      "none of the methods it was allowed",
      "no notNamed (policy)",
      held(allow({ ...role(), ...method("GET") })),
      { ...cart, methods: ["POST"] },
    ],
    ["paths within those it was allowed", "yes named", held(allow({ ...role(), ...on("/v1/orders/*") })), { ...cart, paths: ["/v1/*"] }],
    [
      "paths beside those it was allowed",
      "no notNamed (policy)",
      held(allow({ ...role(), ...on("/v2/*") })),
      { ...cart, paths: ["/v1/*"] },
    ],
    [
      "paths of another service",
      "no notNamed (policy)",
      held(allow({ ...role(), Resource: "arn:aws:vpc-lattice:*:*:service/svc-0000000000000000f/*" })),
    ],
    [
      "a path that a condition names",
      "yes named",
      held(allow({ ...role(), ...when("vpc-lattice-svcs:RequestPath", "/v1/a") })),
      { ...cart, paths: ["/v1/*"] },
    ],
    ["a header that any call can carry", "yes named", held(allow({ ...role(), ...when("vpc-lattice-svcs:RequestHeader/x-plan", "gold") }))],
    ["an organisation that only AWS knows", "unknown policyHangs", held(allow(when("aws:PrincipalOrgID", "o-1")))],
    ["a deny that only AWS can judge", "unknown policyHangs", held(allow(), deny(when("aws:PrincipalOrgID", "o-1", "StringNotEquals")))],
    ["an account that is refused", "no notNamed (policy)", held(allow(role()), deny(when("vpc-lattice-svcs:SourceVpc", VPC)))],
    ["AWS_IAM without a policy", "no policyMissing (policy)", { policy: seen(null) }],
    ["a policy that is not in force", "no policyInactive (policy)", { policy: seen({ policy: "{}", state: "Inactive" }) }],
    ["a policy that does not parse", "unknown policyUnreadable", { policy: seen({ policy: "{]", state: "Active" }) }],
    ["a policy that was never read", "unknown policyUnread", { policy: null }],
    ["a network that asks for IAM and has no policy", "no policyMissing (policy)", { networks: [guarded({})] }],
    ["a network whose policy names another", "no notNamed (policy)", { networks: [guarded(held(allow(role(`${CART}2`))))] }],
    [
      "policies that allow different methods",
      "no notNamed (policy)",
      { ...held(allow(method("GET"))), networks: [guarded(held(allow(method("POST"))))] },
    ],
    ["a network whose policy lets it in too", "yes named", { networks: [guarded(held(allow()))] }],
    ["a network whose policy was never read", "unknown policyUnread", { networks: [serviceNetwork({ detail: null })] }],
    [
      "a network whose policy was read too long ago",
      "unknown policyOld",
      { networks: [serviceNetwork({ detail: detail === null ? null : { ...detail, at: ago(900_000) } })] },
    ],
    ["associations read too long ago", "unknown old", { networks: [serviceNetwork({ vpcs: { value: [], at: ago(180_000) } })] }],
    ["associations that were never read", "unknown unread", { networks: [serviceNetwork({ vpcs: null })] }],
    ["a VPC in no network", "no noVpc (vpc)", { networks: [serviceNetwork({ vpcs: seen([]) })] }],
    ["a VPC that nobody knows", "unknown noVpcKnown", {}, { ...cart, vpcId: null }],
    [
      "no network at all, from wherever",
      "no noAssociation (association)",
      { networks: [], associations: seen([]) },
      { ...cart, vpcId: null },
    ],
  ])("%s: %s", (_name, expected, more, consumer = cart) => expect(ask(more, consumer)).toBe(expected));

  it("goes through another network of the service that the VPC is in", () => {
    const other = serviceNetwork({ id: "sn-other", name: "net-other" });
    const [own] = lattice().associations?.value ?? [];
    const associations = seen(own === undefined ? [] : [own, { ...own, id: "snsa-2", networkId: "sn-other", networkName: "net-other" }]);
    const networks = [serviceNetwork({ vpcs: seen([]) }), other];
    expect(ask({ networks, associations })).toBe("yes named");
    expect(ask({ networks })).toBe("no noAssociation (association)");
  });

  it("asks of a passed-through connection whether it may connect, unsigned", () => {
    const connect = { Action: "vpc-lattice-svcs:Connect" };
    expect(ask(held(allow(connect)), cart, "TLSRoute")).toBe("yes named");
    expect(ask(held(allow({ ...connect, ...role() })), cart, "TLSRoute")).toBe("no notNamed (policy)");
    expect(ask(held(allow()), cart, "TLSRoute")).toBe("no notNamed (policy)");
  });

  it("says how old the evidence of both doors is", () => {
    const at = ago(60_000);
    const look = reachabilityOf(observedRoute({ lattice: lattice({ policy: { value: lattice().policy?.value ?? null, at } }) }), cart, NOW);
    expect(look.at).toEqual(at);
    expect(look.sentence.values).toEqual({ network: NETWORK.name, vpc: VPC, of: "service" });
  });
});
