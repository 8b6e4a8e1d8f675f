import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildAuthPolicy, policyBytes, writeAuthPolicy } from "./auth-policy.ts";
import { explainPolicy } from "./explain-policy.ts";
import { globMatches } from "./glob.ts";
import { isAllowed } from "./is-allowed.ts";
import { parseAuthPolicy } from "./parse-auth-policy.ts";
import type { PolicyCall } from "./policy-call.ts";
import { policyWarnings } from "./policy-warnings.ts";
import { RouteCaller } from "./route-input.ts";

const CART = "arn:aws:iam::333344445555:role/cart";
const VPCS: Readonly<Record<string, string>> = { "team-shop/storefront": "vpc-0b", "team-shop/batch": "vpc-0c" };
const vpcOf = (cluster: string) => VPCS[cluster] ?? null;

const caller = fc
  .record({
    team: fc.constant("shop"),
    name: fc.constantFrom("cart", "catalog"),
    principal: fc.oneof(
      fc.constantFrom("cart", "catalog").map((name) => ({ type: "role", roleArn: `arn:aws:iam::333344445555:role/${name}` })),
      fc.constantFrom("team-shop/storefront", "team-shop/batch", "team-shop/gone").map((cluster) => ({ type: "cluster", cluster })),
    ),
    methods: fc.subarray(["GET", "POST", "DELETE"]),
    paths: fc.subarray(["/v1/*", "/status", "/"]),
  })
  .map((raw) => RouteCaller.parse(raw));
const callers = fc.array(caller, { minLength: 1, maxLength: 6 });
const call: fc.Arbitrary<PolicyCall> = fc.record({
  roleArn: fc.constantFrom(CART, "arn:aws:iam::333344445555:role/other", null),
  vpcId: fc.constantFrom("vpc-0b", "vpc-0c", "vpc-0d"),
  method: fc.constantFrom("GET", "POST", "PUT"),
  path: fc.constantFrom("/", "/v1/", "/v1/orders", "/other/v1/orders", "/status", "/status/x"),
});

function read(text: string) {
  const answer = parseAuthPolicy(text);
  if (!answer.ok) throw new Error(answer.rule);
  return answer;
}

/** The caller list as a person means it. */
function mayCall(list: readonly RouteCaller[], { roleArn, vpcId, method, path }: PolicyCall): boolean {
  return list.some(({ principal, methods, paths }) => {
    const isSelf = principal.type === "role" ? principal.roleArn === roleArn : vpcOf(principal.cluster) === vpcId;
    const isPath = (one: string) => (one.endsWith("*") ? path.startsWith(one.slice(0, -1)) : path === one);
    return isSelf && (methods.length === 0 || methods.some((one) => one === method)) && (paths.length === 0 || paths.some(isPath));
  });
}

describe("a caller list", () => {
  it("becomes a policy that lets in exactly these calls", () => {
    fc.assert(
      fc.property(callers, call, (list, tried) => {
        const known = list.some(({ principal }) => principal.type === "role" || vpcOf(principal.cluster) !== null);
        const text = buildAuthPolicy({ callers: list, vpcOf });
        if (known) expect(isAllowed(read(text).policy, tried).result).toBe(mayCall(list, tried) ? "allowed" : "denied");
        else expect(text).toBe('{"Version":"2012-10-17","Statement":[]}');
      }),
    );
  });

  it("comes back from its own text unchanged, one sentence for each statement", () => {
    fc.assert(
      fc.property(callers, (list) => {
        const text = buildAuthPolicy({ callers: list, vpcOf });
        if (text.endsWith("[]}")) return;
        const { policy, text: again } = read(text);
        expect(again).toBe(text);
        expect(text).not.toMatch(/\s/);
        expect(explainPolicy(policy)).toHaveLength(policy.statements.length);
      }),
    );
  });

  it("gives the same text in whatever order callers stand", () => {
    fc.assert(
      fc.property(callers, (list) => {
        expect(buildAuthPolicy({ callers: list.toReversed(), vpcOf })).toBe(buildAuthPolicy({ callers: list, vpcOf }));
      }),
    );
  });

  it("is explained in plain words, the weaker ways named as such", () => {
    const list = [
      { team: "shop", name: "cart", principal: { type: "role", roleArn: CART }, methods: ["GET"], paths: ["/v1/*"] },
      { team: "shop", name: "storefront", principal: { type: "cluster", cluster: "team-shop/storefront" }, methods: [], paths: [] },
    ].map((raw) => RouteCaller.parse(raw));
    const { policy } = read(buildAuthPolicy({ callers: list, vpcOf }));
    const names = new Map([["vpc-0b", "storefront"]]);
    expect(explainPolicy(policy, (principal) => names.get(principal) ?? null)).toEqual([
      {
        messageKey: "routes.policy.allow",
        values: {
          who: { messageKey: "routes.policy.who.vpc", values: { count: 1, vpcs: "storefront (vpc-0b)" } },
          methods: { messageKey: "routes.policy.methods.any", values: {} },
          paths: { messageKey: "routes.policy.paths.any", values: {} },
        },
      },
      {
        messageKey: "routes.policy.allow",
        values: {
          who: { messageKey: "routes.policy.who.roles", values: { count: 1, roles: CART } },
          methods: { messageKey: "routes.policy.methods.some", values: { methods: "GET" } },
          paths: { messageKey: "routes.policy.paths.some", values: { paths: "/v1/*" } },
        },
      },
    ]);
    expect(policyWarnings(policy).map(({ messageKey }) => messageKey)).toEqual(["routes.policy.warning.vpcOnly"]);
  });
});

const statement = (over: object = {}) => ({ Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*", ...over });
const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);

describe("a policy written by hand", () => {
  it("is normalised and minified", () => {
    const text = document(
      statement({
        Principal: { AWS: [CART, "444455556666", CART] },
        Action: ["vpc-lattice-svcs:Invoke"],
        Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": ["vpc-2", "vpc-1"] } },
      }),
    );
    expect(read(text).text).toBe(
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["444455556666","${CART}"]},"Action":"vpc-lattice-svcs:Invoke","Resource":"*","Condition":{"StringEquals":{"vpc-lattice-svcs:SourceVpc":["vpc-1","vpc-2"]}}}]}`,
    );
    expect(read(JSON.stringify({ Statement: statement({ Principal: { AWS: "*" } }) })).text).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"vpc-lattice-svcs:Invoke","Resource":"*"}]}',
    );
  });

  it.each([
    ["", "policyJson"],
    ["allow all", "policyJson"],
    ["[]", "policyShape"],
    ['{"Statement":[]}', "policyShape"],
    ['{"Version":"2008-10-17","Statement":[]}', "policyShape"],
    [document(statement({ Effect: "allow" })), "policyShape"],
    [document(statement({ Principle: "*" })), "policyShape"],
    [document(statement({ Principal: { Service: "ec2.amazonaws.com" } })), "policyShape"],
    [document({ Effect: "Allow", Action: "*", Resource: "*" }), "policyElements"],
    [document(statement({ NotAction: "*" })), "policyElements"],
    [document(statement({ Principal: { AWS: "arn:aws:iam::333344445555:role/*" } })), "policyPrincipal"],
    [document(statement({ Principal: { AWS: "cart" } })), "policyPrincipal"],
    [document(statement({ Action: "Invoke" })), "policyAction"],
    [document(statement({ Resource: "/v1/*" })), "policyResource"],
    [document(statement({ Condition: { StringsEqual: { "aws:PrincipalType": "x" } } })), "policyOperator"],
    ['{"Statement":[{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}', "policyDuplicate"],
    ['{"Statement":[{"Effect":"Allow","\\u0045ffect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}', "policyDuplicate"],
  ])("is refused as %s: %s", (text, rule) => {
    expect(parseAuthPolicy(text)).toMatchObject({ ok: false, rule });
  });

  it("never breaks on hostile text, and always reads back what it wrote", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const answer = parseAuthPolicy(text);
        if (answer.ok) expect(read(writeAuthPolicy(answer.policy)).text).toBe(answer.text);
      }),
    );
  });

  it.each([
    [statement(), ["anonymous"]],
    [statement({ Condition: { StringNotEquals: { "aws:PrincipalType": "Anonymous" } } }), ["wildcard"]],
    [statement({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }), ["wildcard"]],
    [statement({ Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": "vpc-1" } } }), ["vpcOnly"]],
    [statement({ Condition: { StringEquals: { "vpc-lattice-svcs:SourceVPCs": "vpc-1" } } }), ["anonymous", "conditionKey"]],
    [statement({ Principal: { AWS: CART }, Action: "s3:GetObject" }), ["action"]],
    [statement({ Principal: undefined, NotPrincipal: { AWS: CART } }), ["notPrincipal"]],
    [statement({ Principal: { AWS: CART }, Resource: undefined, NotResource: "arn:aws:vpc-lattice:*:*:service/*" }), ["notElement"]],
    [statement({ Effect: "Deny" }), ["deny", "noAllow"]],
  ])("is warned about: %j", (one, names) => {
    const { policy } = read(document(one));
    expect(policyWarnings(policy).map(({ messageKey }) => messageKey.replace("routes.policy.warning.", ""))).toEqual(names);
  });

  it("is warned about when it nearly fills the quota", () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      statement({ Principal: { AWS: `arn:aws:iam::333344445555:role/${"r".repeat(60)}${index}` } }),
    );
    const { policy, text } = read(document(...many));
    expect(policyBytes(text)).toBeGreaterThan(10_240 * 0.9);
    expect(policyWarnings(policy).at(-1)?.messageKey).toBe("routes.policy.warning.size");
  });
});

describe("whether a call is allowed", () => {
  const get: PolicyCall = { roleArn: CART, vpcId: "vpc-1", method: "GET", path: "/v1/x" };
  const answer = (tried: Partial<PolicyCall>, ...statements: object[]) =>
    isAllowed(read(document(...statements)).policy, { ...get, ...tried });

  it("lets a deny win and names the statement", () => {
    expect(answer({}, statement(), statement({ Effect: "Deny", Principal: { AWS: CART } }))).toEqual({ result: "denied", statement: 2 });
    expect(answer({ roleArn: null }, statement(), statement({ Effect: "Deny", Principal: { AWS: CART } }))).toEqual({
      result: "allowed",
      statement: 1,
    });
    const anonymous = { Effect: "Deny", Condition: { StringEquals: { "aws:PrincipalType": "Anonymous" } } };
    expect(answer({ roleArn: null }, statement(), statement(anonymous))).toEqual({ result: "denied", statement: 2 });
    expect(answer({}, statement(), statement(anonymous))).toEqual({ result: "allowed", statement: 1 });
  });

  it("leaves open what only AWS knows", () => {
    const organisation = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } };
    expect(answer({}, statement(organisation))).toEqual({ result: "unknown", statement: 1 });
    expect(answer({ roleArn: null }, statement(organisation))).toEqual({ result: "denied", statement: null });
    expect(answer({ vpcId: null }, statement({ Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": "vpc-1" } } }))).toEqual({
      result: "unknown",
      statement: 1,
    });
    const tagged = { Effect: "Deny", Condition: { StringEquals: { "aws:ResourceTag/a": "b" } } };
    expect(answer({}, statement(), statement(tagged))).toEqual({ result: "unknown", statement: 2 });
    expect(answer({}, statement(tagged))).toEqual({ result: "denied", statement: null });
  });

  it("knows accounts, sessions, elements turned round, and missing keys", () => {
    expect(answer({}, statement({ Principal: { AWS: "333344445555" } })).result).toBe("allowed");
    expect(answer({}, statement({ Principal: { AWS: "arn:aws:iam::333344445555:root" } })).result).toBe("allowed");
    expect(answer({}, statement({ Principal: { AWS: "arn:aws:sts::333344445555:assumed-role/cart/pod" } })).result).toBe("unknown");
    expect(answer({}, statement({ Principal: undefined, NotPrincipal: { AWS: CART } })).result).toBe("denied");
    expect(answer({}, statement({ Action: undefined, NotAction: "vpc-lattice-svcs:Connect" })).result).toBe("allowed");
    expect(answer({ roleArn: null }, statement({ Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } })).result).toBe(
      "allowed",
    );
    expect(answer({ roleArn: null }, statement({ Condition: { Null: { "aws:PrincipalArn": "true" } } })).result).toBe("allowed");
    expect(answer({}, statement({ Condition: { Null: { "aws:PrincipalArn": "true" } } })).result).toBe("denied");
    expect(answer({}, statement({ Condition: { StringLike: { "vpc-lattice-svcs:RequestPath": "/v1/*" } } })).result).toBe("allowed");
  });

  it("reads resources of this service, of any, and of one it cannot tell", () => {
    const arn = "arn:aws:vpc-lattice:ap-northeast-1:333344445555:service/svc-0a1b2c3d4e5f60718";
    const one = statement({ Resource: `${arn}/v1/*` });
    expect(answer({ serviceArn: arn }, one).result).toBe("allowed");
    expect(answer({ serviceArn: `${arn}0` }, one).result).toBe("denied");
    expect(answer({}, one).result).toBe("unknown");
    expect(answer({ path: "/v2" }, one).result).toBe("denied");
    expect(answer({ path: "/a/v1/x" }, statement({ Resource: "arn:aws:vpc-lattice:*:*:service/*/v1/*" })).result).toBe("allowed");
  });
});

it("compares wildcards like a regular expression would, also with hostile patterns", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 12 });
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", "?"), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (one, other) => {
      const expected = new RegExp(`^${one.replace(/\*+/g, ".*").replace(/\?/g, ".")}$`).test(other);
      expect(globMatches(one, other)).toBe(expected);
    }),
  );
  expect(globMatches(`${"*a".repeat(2_000)}b`, "a".repeat(4_000))).toBe(false);
});
