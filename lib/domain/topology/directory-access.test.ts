import { describe, expect, it } from "vitest";
import { authPolicy, lattice, observedRoute, seen, serviceNetwork } from "../routes/testing.ts";
import { allowedCallers, type DirectoryAccess } from "./directory-access.ts";
import { routeAccess } from "./directory-item.ts";

const CART = "arn:aws:iam::333344445555:role/cart";
const access = (text: string | null, more: Partial<DirectoryAccess> = {}): DirectoryAccess => ({
  policy: text === null ? { state: "open" } : { state: "text", text },
  networks: ["net-prod"],
  atNetworks: [],
  consumers: [
    { name: "cart", team: "shop", roleArn: CART, vpcId: "vpc-0a" },
    { name: "storefront", team: "shop", roleArn: null, vpcId: "vpc-0a" },
  ],
  ...more,
});
const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Statement: statements.map((one) => ({ Effect: "Allow", Action: "vpc-lattice-svcs:Invoke", Resource: "*", ...one })) });
const role = (...arns: readonly string[]) => ({ Principal: { AWS: arns } });
const fromVpc = (vpc: string) => ({ Principal: "*", Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": vpc } } });
const of = (name: string) => ({ messageKey: "directory.mayCall.of", values: { name, team: "shop" } });
const other = (name: string) => ({ messageKey: "directory.mayCall.other", values: { name } });
const network = { messageKey: "directory.mayCall.network", values: { count: 1, network: "net-prod" } };

describe("who may call, in one line", () => {
  it("names callers by team, and a VPC after the cluster in it, not after a role", () => {
    expect(allowedCallers(access(policy(role(CART), fromVpc("vpc-0a")))).line).toEqual({
      messageKey: "directory.mayCall.two",
      values: { first: of("cart"), second: of("storefront") },
    });
  });

  it("counts those beyond two and shortens roles that nobody knows", () => {
    const arns = ["a", "b", "c", "d"].map((name) => `arn:aws:iam::333344445555:role/${name}`);
    expect(allowedCallers(access(policy(role(...arns)))).line).toEqual({
      messageKey: "directory.mayCall.more",
      values: { first: other("role/a"), second: other("role/b"), count: 2 },
    });
  });

  it("says methods and paths where all may do the same", () => {
    const narrowed = {
      ...role(CART),
      Resource: "arn:aws:vpc-lattice:*:*:service/svc-?????????????????/v1/*",
      Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": ["GET", "HEAD"] } },
    };
    expect(allowedCallers(access(policy(narrowed))).line).toEqual({
      messageKey: "directory.mayCall.calls",
      values: { who: of("cart"), calls: "GET, HEAD /v1/*" },
    });
    expect(allowedCallers(access(policy(narrowed, role(CART)))).line).toEqual(of("cart"));
  });

  it.each([
    ["no policy is asked for", access(null), network],
    ["everybody may", access(policy({ Principal: "*" })), network],
    ["nothing allows", access(policy({ ...role(CART), Effect: "Deny" })), { messageKey: "directory.mayCall.nobody", values: {} }],
    ["a policy that is no JSON", access("{"), { messageKey: "directory.mayCall.unreadable", values: {} }],
  ])("%s", (_, given, expected) => expect(allowedCallers(given).line).toEqual(expected));
});

describe("a network that asks for a policy of its own", () => {
  const through = (...atNetworks: DirectoryAccess["atNetworks"]) => ({ atNetworks });
  const ofCart = { name: "net-prod", policy: { state: "text", text: policy(role(CART)) } } as const;

  it("decides the line where the service asks for none, and is explained beside the service's own", () => {
    expect(allowedCallers(access(null, through(ofCart))).line).toEqual(of("cart"));
    const both = allowedCallers(access(policy(fromVpc("vpc-0a")), through(ofCart)));
    expect(both.line).toEqual(of("storefront"));
    expect(both.words.map(({ messageKey }) => messageKey)).toEqual([
      "routes.policy.allow",
      "directory.callers.throughNetwork",
      "routes.policy.allow",
    ]);
  });

  it("lets nobody in where every network holds none, whatever the service says", () => {
    const none = { name: "net-prod", policy: { state: "none" } } as const;
    expect(allowedCallers(access(policy({ Principal: "*" }), through(none))).line.messageKey).toBe("directory.mayCall.nobody");
    const more = { networks: ["net-prod", "net-other"], ...through(none) };
    expect(allowedCallers(access(policy({ Principal: "*" }), more)).line.messageKey).toBe("directory.mayCall.network");
  });

  it("is read from Lattice, of networks with AWS_IAM alone", () => {
    const iam = serviceNetwork().detail;
    const guarded = serviceNetwork({ detail: iam === null ? null : seen({ ...iam.value, authType: "AWS_IAM" }), policy: seen(null) });
    const at = (networks: readonly ReturnType<typeof serviceNetwork>[]) => routeAccess(observedRoute({ lattice: lattice({ networks }) }));
    expect(at([serviceNetwork(), guarded]).atNetworks).toEqual([{ name: guarded.name, policy: { state: "none" } }]);
    expect(at([{ ...guarded, policy: null }]).atNetworks).toEqual([{ name: guarded.name, policy: { state: "unread" } }]);
    expect(at([serviceNetwork()]).atNetworks).toEqual([]);
  });
});

describe("what decides about a route", () => {
  it("is the policy in force before the one asked for", () => {
    const held = policy(role(CART));
    const route = observedRoute({
      lattice: lattice({ policy: seen({ policy: held, state: "Active" }) }),
      policy: authPolicy({ policy: policy({ Principal: "*" }) }),
    });
    expect(routeAccess(route).policy).toEqual({ state: "text", text: held });
  });

  it("is nothing where no policy is, and a closed door where Lattice asks for one", () => {
    expect(routeAccess(observedRoute({ policy: null, lattice: null })).policy).toEqual({ state: "open" });
    expect(routeAccess(observedRoute({ policy: null, lattice: lattice({ policy: seen(null) }) })).policy).toEqual({ state: "none" });
  });
});
