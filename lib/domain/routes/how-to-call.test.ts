import { describe, expect, it } from "vitest";
import { callFacts, callSteps, callUrl } from "./how-to-call.ts";
import { type Signing, signingNeeded, signingThrough } from "./signing-needed.ts";
import { authPolicy, gateway, lattice, observedRoute, SERVICE, seen, serviceNetwork } from "./testing.ts";

const allow = (more: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "vpc-lattice-svcs:Invoke", Resource: "*", ...more }] });
const ROLE = { Principal: { AWS: "arn:aws:iam::333344445555:role/cart" } };
const VPC = { Principal: "*", Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": "vpc-0a" } } };

describe("how to call", () => {
  it("says the steps in the order in which a caller stumbles", () => {
    const steps = callSteps(callFacts(observedRoute()));
    expect(steps.map(({ title }) => title.messageKey.slice("routeViews.howToCall.title.".length))).toEqual([
      "network",
      "securityGroups",
      "name",
      "address",
      "signing",
    ]);
    expect(steps.map(({ raw }) => raw)).toEqual([
      "net-prod",
      "com.amazonaws.ap-northeast-1.vpc-lattice\ncom.amazonaws.ap-northeast-1.ipv6.vpc-lattice",
      SERVICE.domainName,
      `https://${SERVICE.domainName}`,
      "x-amz-content-sha256: UNSIGNED-PAYLOAD",
    ]);
    expect(steps[1]?.text.values).toEqual({ port: 443 });
  });

  it("says only that there is no address yet while there is none", () => {
    const bare = observedRoute({ annotatedDomain: null, lattice: null });
    expect(callUrl(callFacts(bare))).toBeNull();
    expect(callSteps(callFacts(bare)).map(({ text }) => text.messageKey)).toEqual(["routeViews.howToCall.notYet"]);
    expect(callFacts(observedRoute({ hostnames: ["evil.example/x?"] })).host).toBeNull();
  });

  it("takes the port of the listener and the team's own domain", () => {
    const port = gateway({
      listeners: [{ name: "https", protocol: "HTTP", port: 8080, hostname: null, attachedRoutes: 0, conditions: [] }],
    });
    expect(callUrl(callFacts(observedRoute({ gateway: port, hostnames: ["pay.example"] })))).toBe("http://pay.example:8080");
    expect(callUrl(callFacts(observedRoute({ kind: "TLSRoute", hostnames: ["pay.example"] })))).toBe("pay.example:443");
  });

  it("asks for a signature only where one is needed", () => {
    expect(callFacts(observedRoute()).signing).toBe("all");
    expect(callFacts(observedRoute({ kind: "TLSRoute" })).signing).toBe("none");
    expect(callFacts(observedRoute({ lattice: null, policy: authPolicy({ policy: allow(VPC) }) })).signing).toBe("none");
    expect(callFacts(observedRoute({ lattice: lattice({ policy: null, detail: null }), policy: null })).signing).toBe("none");
  });
});

describe("the need of a signature", () => {
  it.each([
    ["no policy and no auth type", null, null, "none"],
    ["NONE", "NONE", null, "none"],
    ["AWS_IAM without a policy", "AWS_IAM", null, "all"],
    ["a policy that cannot be read", "AWS_IAM", "{", "all"],
    ["roles", "AWS_IAM", allow(ROLE), "all"],
    ["a VPC", "AWS_IAM", allow(VPC), "none"],
    [
      "everybody of the organisation",
      "AWS_IAM",
      allow({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
      "all",
    ],
    ["everybody but one role", "AWS_IAM", allow({ NotPrincipal: ROLE.Principal }), "none"],
  ])("%s", (_, authType, policy, expected) => expect(signingNeeded({ authType, policy })).toBe(expected));

  it("is of some callers when a policy names roles and VPCs, and of all when it refuses anonymous ones", () => {
    const statement = (more: object) => ({ Effect: "Allow", Action: "vpc-lattice-svcs:Invoke", Resource: "*", ...more });
    const both = JSON.stringify({ Statement: [statement(ROLE), statement(VPC)] });
    expect(signingNeeded({ authType: "AWS_IAM", policy: both })).toBe("some");
    const anonymous = { Effect: "Deny", Principal: "*", Condition: { StringEquals: { "aws:PrincipalType": "Anonymous" } } };
    const refused = JSON.stringify({ Statement: [statement(VPC), statement(anonymous)] });
    expect(signingNeeded({ authType: "AWS_IAM", policy: refused })).toBe("all");
  });
});

describe("the network's own policy", () => {
  const detail = serviceNetwork().detail;
  const network = (authType: string, text: string | null) =>
    serviceNetwork({
      detail: detail === null ? null : seen({ ...detail.value, authType }),
      policy: seen(text === null ? null : { policy: text, state: "Active" }),
    });
  const anybody = JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" } });
  const signed = JSON.stringify({
    Statement: { Effect: "Allow", Principal: { AWS: "arn:aws:iam::333344445555:role/cart" }, Action: "*", Resource: "*" },
  });

  it.each<[string, Signing, Signing, readonly ReturnType<typeof network>[]]>([
    ["asks for signatures where the service asks for none", "all", "none", [network("AWS_IAM", signed)]],
    ["asks for none as the service does", "none", "none", [network("AWS_IAM", anybody)]],
    ["is not asked for with auth type NONE", "none", "none", [network("NONE", signed)]],
    ["cannot spare what the service asks for", "all", "all", [network("AWS_IAM", anybody)]],
    ["refuses everybody when there is none", "all", "none", [network("AWS_IAM", null)]],
    ["of one network alone: some callers must sign", "some", "none", [network("AWS_IAM", signed), network("NONE", null)]],
    ["of no network leaves it to the service", "some", "some", []],
  ])("%s", (_name, expected, service, networks) => expect(signingThrough({ service, networks })).toBe(expected));

  it("counts in how to call a route", () => {
    const open = lattice({ policy: seen({ policy: anybody, state: "Active" }) });
    expect(callFacts(observedRoute({ lattice: open })).signing).toBe("none");
    expect(callFacts(observedRoute({ lattice: { ...open, networks: [network("AWS_IAM", signed)] } })).signing).toBe("all");
  });
});
