import { describe, expect, it } from "vitest";
import { evaluatePolicy } from "./evaluate-policy.ts";
import { parsePolicy } from "./policy-document.ts";
import { type ContextFacts, requestContext, type SigningIdentity } from "./request-context.ts";

const serviceArn = "arn:aws:vpc-lattice:us-west-2:123456789012:service/svc-0123456789abcdef0";
const networkArn = "arn:aws:vpc-lattice:us-west-2:123456789012:servicenetwork/sn-0123456789abcdef0";
const client: SigningIdentity = {
  roleArn: "arn:aws:iam::123456789012:role/clients/my-clients",
  sessionName: "pod-1",
  tags: { team: "payments" },
  orgId: "o-123456example",
};
const now = Date.parse("2026-11-22T12:00:00Z");

type Asked = Partial<Omit<ContextFacts, "http">> & {
  method?: string;
  path?: string;
  query?: string;
  headers?: Record<string, string>;
};

function decide(statements: object | readonly object[], asked: Asked = {}, version = "2012-10-17"): string {
  const { method = "GET", path = "/orders/1", query = "", headers = {}, ...facts } = asked;
  const identity = facts.identity === undefined ? client : facts.identity;
  const policy = parsePolicy(JSON.stringify({ Version: version, Statement: statements }));
  if (!policy) return "malformed";
  const context = requestContext({
    identity,
    sourceVpc: "vpc-1a2b3c4d",
    sourceVpcOwnerAccount: "123456789012",
    networkArn,
    serviceArn,
    serviceTags: { environment: "gamma" },
    port: 443,
    now,
    ...facts,
    http: { method, path, query: new URLSearchParams(query), headers },
  });
  return evaluatePolicy(policy, { identity, action: "vpc-lattice-svcs:Invoke", resource: `${serviceArn}${path}`, context }).effect;
}

const allow = (more: object = {}) => ({ Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*", ...more });
const deny = (more: object = {}) => allow({ Effect: "Deny", ...more });
const when = (Condition: object) => allow({ Condition });
const other: SigningIdentity = { ...client, roleArn: "arn:aws:iam::999999999999:role/other", orgId: null, tags: {} };

describe("the examples of the user guide", () => {
  const onlyThisOrganisation = when({ StringEquals: { "aws:PrincipalOrgID": ["o-123456example"] } });
  const onlyMyClients = allow({
    Principal: { AWS: [client.roleArn] },
    Resource: `${serviceArn}/*`,
    Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": "vpc-1a2b3c4d", "vpc-lattice-svcs:RequestMethod": "GET" } },
  });
  const nobodyAnonymous = when({ StringNotEqualsIgnoreCase: { "aws:PrincipalType": "anonymous" } });

  it.each([
    ["a member of the organisation", onlyThisOrganisation, {}, "allow"],
    ["a role of no organisation", onlyThisOrganisation, { identity: other }, "implicit-deny"],
    ["an unsigned call", onlyThisOrganisation, { identity: null }, "implicit-deny"],
    ["the client from its VPC with GET", onlyMyClients, {}, "allow"],
    ["the client with POST", onlyMyClients, { method: "POST" }, "implicit-deny"],
    ["the client from elsewhere", onlyMyClients, { sourceVpc: "vpc-9z9z9z9z" }, "implicit-deny"],
    ["another role", onlyMyClients, { identity: other }, "implicit-deny"],
    ["a signed call where the anonymous are kept out", nobodyAnonymous, {}, "allow"],
    ["an unsigned call where the anonymous are kept out", nobodyAnonymous, { identity: null }, "implicit-deny"],
    ["an unsigned call where everybody may", allow(), { identity: null }, "allow"],
  ])("%s", (_name, statement, asked, effect) => {
    expect(decide(statement, asked)).toBe(effect);
  });
});

describe("effects", () => {
  it.each([
    ["nothing fits", [allow({ Action: "s3:GetObject" })], "implicit-deny"],
    ["no statement at all", [], "implicit-deny"],
    ["a deny after an allow", [allow(), deny()], "explicit-deny"],
    ["a deny before an allow", [deny(), allow()], "explicit-deny"],
    ["a deny that does not fit", [allow(), deny({ Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "POST" } } })], "allow"],
    ["one statement without a list", allow(), "allow"],
    ["an element that IAM does not know", allow({ Resources: "*" }), "malformed"],
    ["an operator that IAM does not know", when({ StringMatches: { "aws:PrincipalOrgID": "o-1" } }), "malformed"],
    ["neither Action nor NotAction", { Effect: "Allow", Principal: "*", Resource: "*" }, "malformed"],
    ["a statement without a principal", { Effect: "Allow", Action: "*", Resource: "*" }, "implicit-deny"],
  ])("%s", (_name, statements, effect) => {
    expect(decide(statements)).toBe(effect);
  });
});

describe("principals", () => {
  it.each([
    ["everybody as an AWS principal", { Principal: { AWS: "*" } }, "allow"],
    ["the role", { Principal: { AWS: client.roleArn } }, "allow"],
    ["the role without its path", { Principal: { AWS: "arn:aws:iam::123456789012:role/my-clients" } }, "implicit-deny"],
    ["the account's number", { Principal: { AWS: "123456789012" } }, "allow"],
    ["the account's root", { Principal: { AWS: "arn:aws:iam::123456789012:root" } }, "allow"],
    ["another account", { Principal: { AWS: "999999999999" } }, "implicit-deny"],
    ["the session", { Principal: { AWS: "arn:aws:sts::123456789012:assumed-role/my-clients/pod-1" } }, "allow"],
    ["another session", { Principal: { AWS: "arn:aws:sts::123456789012:assumed-role/my-clients/pod-2" } }, "implicit-deny"],
    ["a wildcard inside an ARN", { Principal: { AWS: "arn:aws:iam::123456789012:role/*" } }, "implicit-deny"],
    ["a service", { Principal: { Service: "lambda.amazonaws.com" } }, "implicit-deny"],
    ["one of several", { Principal: { AWS: ["999999999999", client.roleArn] } }, "allow"],
    ["everybody but another account", { Principal: undefined, NotPrincipal: { AWS: "999999999999" } }, "allow"],
    ["everybody but this role", { Principal: undefined, NotPrincipal: { AWS: client.roleArn } }, "implicit-deny"],
  ])("%s", (_name, more, effect) => {
    expect(decide(allow(more))).toBe(effect);
  });
  it("an unsigned call is nobody's but everybody's", () => {
    expect(decide(allow({ Principal: { AWS: "123456789012" } }), { identity: null })).toBe("implicit-deny");
    expect(decide(allow({ Principal: { AWS: "*" } }), { identity: null })).toBe("allow");
  });
});

describe("actions and resources", () => {
  it.each([
    ["all of the service", { Action: "vpc-lattice-svcs:*" }, "allow"],
    ["in other letters", { Action: "VPC-Lattice-SVCS:invoke" }, "allow"],
    ["one of several", { Action: ["vpc-lattice-svcs:Connect", "vpc-lattice-svcs:Invoke"] }, "allow"],
    ["Connect only", { Action: "vpc-lattice-svcs:Connect" }, "implicit-deny"],
    ["all but Connect", { Action: undefined, NotAction: "vpc-lattice-svcs:Connect" }, "allow"],
    ["the path", { Resource: `${serviceArn}/orders/1` }, "allow"],
    ["below the path", { Resource: `${serviceArn}/orders/*` }, "allow"],
    ["any one character", { Resource: `${serviceArn}/orders/?` }, "allow"],
    ["another path", { Resource: `${serviceArn}/carts/*` }, "implicit-deny"],
    ["the path in other letters", { Resource: `${serviceArn}/Orders/*` }, "implicit-deny"],
    ["the service without a path", { Resource: serviceArn }, "implicit-deny"],
    ["every service of the account", { Resource: "arn:aws:vpc-lattice:us-west-2:123456789012:service/*" }, "allow"],
    ["all but the path", { Resource: undefined, NotResource: `${serviceArn}/orders/*` }, "implicit-deny"],
    ["all but another path", { Resource: undefined, NotResource: `${serviceArn}/admin/*` }, "allow"],
  ])("%s", (_name, more, effect) => {
    expect(decide(allow(more))).toBe(effect);
  });
});

describe("condition keys", () => {
  it.each([
    ["the path", { StringLike: { "vpc-lattice-svcs:RequestPath": "/orders/*" } }, {}, "allow"],
    [
      "a header, its name in other letters",
      { StringEquals: { "vpc-lattice-svcs:RequestHeader/X-Plan": "gold" } },
      { headers: { "x-plan": "gold" } },
      "allow",
    ],
    [
      "a header's value in other letters",
      { StringEquals: { "vpc-lattice-svcs:RequestHeader/x-plan": "gold" } },
      { headers: { "x-plan": "Gold" } },
      "implicit-deny",
    ],
    ["a header that is not sent", { StringEquals: { "vpc-lattice-svcs:RequestHeader/x-plan": "gold" } }, {}, "implicit-deny"],
    ["a query parameter", { StringEquals: { "vpc-lattice-svcs:RequestQueryString/q": "blue" } }, { query: "q=blue" }, "allow"],
    ["the port as a number", { NumericEquals: { "vpc-lattice-svcs:Port": 443 } }, {}, "allow"],
    ["the port below a number", { NumericLessThan: { "vpc-lattice-svcs:Port": "443" } }, {}, "implicit-deny"],
    ["the service", { ArnEquals: { "vpc-lattice-svcs:ServiceArn": serviceArn } }, {}, "allow"],
    [
      "the network by pattern",
      { ArnLike: { "vpc-lattice-svcs:ServiceNetworkArn": "arn:aws:vpc-lattice:*:123456789012:servicenetwork/*" } },
      {},
      "allow",
    ],
    ["the VPC's account", { StringEquals: { "vpc-lattice-svcs:SourceVpcOwnerAccount": "999999999999" } }, {}, "implicit-deny"],
    ["a tag of the caller", { StringEquals: { "aws:PrincipalTag/team": "payments" } }, {}, "allow"],
    ["a tag of the service", { StringEquals: { "aws:ResourceTag/environment": "gamma" } }, {}, "allow"],
    [
      "the caller's tag is the service's",
      { StringEquals: { "aws:ResourceTag/environment": "${aws:PrincipalTag/team}" } },
      {},
      "implicit-deny",
    ],
    ["the caller's ARN by pattern", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/clients/*" } }, {}, "allow"],
    ["the key in other letters", { StringEquals: { "AWS:principalorgid": "o-123456example" } }, {}, "allow"],
  ])("%s", (_name, condition, asked, effect) => {
    expect(decide(when(condition), asked)).toBe(effect);
  });
});

describe("condition operators", () => {
  const key = "aws:PrincipalTag/team";
  const absent = "aws:PrincipalTag/none";
  it.each([
    ["one of several values", { StringEquals: { [key]: ["shop", "payments"] } }, "allow"],
    ["all keys must hold", { StringEquals: { [key]: "payments", "vpc-lattice-svcs:RequestMethod": "POST" } }, "implicit-deny"],
    ["all operators must hold", { StringEquals: { [key]: "payments" }, StringLike: { [key]: "s*" } }, "implicit-deny"],
    ["not equal to any", { StringNotEquals: { [key]: ["shop", "payments"] } }, "implicit-deny"],
    ["not equal, key absent", { StringNotEquals: { [absent]: "shop" } }, "allow"],
    ["equal, key absent", { StringEquals: { [absent]: "shop" } }, "implicit-deny"],
    ["equal if it exists, key absent", { StringEqualsIfExists: { [absent]: "shop" } }, "allow"],
    ["equal if it exists, key there", { StringEqualsIfExists: { [key]: "shop" } }, "implicit-deny"],
    ["like is of one case", { StringLike: { [key]: "PAY*" } }, "implicit-deny"],
    ["equal in any case", { StringEqualsIgnoreCase: { [key]: "PAYMENTS" } }, "allow"],
    ["a star is a letter to StringEquals", { StringEquals: { [key]: "pay*" } }, "implicit-deny"],
    ["not like", { StringNotLike: { [key]: "pay*" } }, "implicit-deny"],
    ["for any value", { "ForAnyValue:StringEquals": { [key]: ["payments", "shop"] } }, "allow"],
    ["for any value, key absent", { "ForAnyValue:StringEquals": { [absent]: "payments" } }, "implicit-deny"],
    ["for all values, key absent", { "ForAllValues:StringEquals": { [absent]: "payments" } }, "allow"],
    ["for all values", { "ForAllValues:StringEquals": { [key]: ["shop"] } }, "implicit-deny"],
    ["absent", { Null: { [absent]: "true" } }, "allow"],
    ["present", { Null: { [key]: true } }, "implicit-deny"],
    ["a truth", { Bool: { "aws:PrincipalIsAWSService": "False" } }, "allow"],
    ["before an instant", { DateLessThan: { "aws:CurrentTime": "2026-12-01T00:00:00Z" } }, "allow"],
    ["after an instant", { DateGreaterThan: { "aws:CurrentTime": "2026-12-01T00:00:00Z" } }, "implicit-deny"],
    ["an address nobody tells", { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, "implicit-deny"],
    ["an empty condition", {}, "allow"],
  ])("%s", (_name, condition, effect) => {
    expect(decide(when(condition))).toBe(effect);
  });
  it("asks all values of a repeated parameter where a quantifier says so", () => {
    const asked = { query: "q=a&q=b" };
    const name = "vpc-lattice-svcs:RequestQueryString/q";
    expect(decide(when({ "ForAllValues:StringEquals": { [name]: ["a", "b"] } }), asked)).toBe("allow");
    expect(decide(when({ "ForAllValues:StringEquals": { [name]: ["a"] } }), asked)).toBe("implicit-deny");
    expect(decide(when({ "ForAnyValue:StringEquals": { [name]: ["b"] } }), asked)).toBe("allow");
  });
  it("puts values in for variables, but not in policies of the first version", () => {
    const mine = allow({ Resource: `${serviceArn}/\${aws:PrincipalTag/team}/*` });
    expect(decide(mine, { path: "/payments/1" })).toBe("allow");
    expect(decide(mine, { path: "/shop/1" })).toBe("implicit-deny");
    expect(decide(mine, { path: "/payments/1", identity: other })).toBe("implicit-deny");
    expect(decide(mine, { path: "/payments/1" }, "2008-10-17")).toBe("implicit-deny");
    const orShop = allow({ Resource: `${serviceArn}/\${aws:PrincipalTag/team, 'shop'}/*` });
    expect(decide(orShop, { path: "/shop/1", identity: other })).toBe("allow");
  });
});
