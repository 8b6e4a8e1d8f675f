import { describe, expect, it } from "vitest";
import { reachabilityOf } from "../routes/reachability.ts";
import { evaluateReach, limitReach } from "./reach.ts";
import type { ReachCall, ReachFacts, ReachFrom } from "./reach-facts.ts";
import { facts, group, guarded, lattice, NOT_FOUND_RULE, NOW, network, POD, ROLE, rule, SIGNER } from "./reach-testing.ts";
import { REACH_LAYERS, type ReachAnswer } from "./reach-view.ts";

const GET: ReachCall = { method: "GET", path: "/v1/orders", headers: [], port: null };
const ask = (given: ReachFacts, from: ReachFrom = POD, call: Partial<ReachCall> = {}): ReachAnswer =>
  evaluateReach(given, from, { call: { ...GET, ...call }, now: NOW });
const stateOf = ({ layers }: ReachAnswer, id: string) => layers.find((layer) => layer.id === id)?.state;
const allow = (more: object = {}) =>
  JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*", ...more } });
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const vpcs = (status: string) => ({ value: (network().vpcs?.value ?? []).map((one) => ({ ...one, status })), at: NOW });
const listener = (...rules: readonly ReturnType<typeof rule>[]) => ({
  value: [{ id: "listener-1", port: 443, protocol: "HTTPS", rules: [...rules] }],
  at: NOW,
});

describe("can A call B", () => {
  it("is a yes when every layer that can be checked passes, all layers in order", () => {
    const answer = ask(facts());
    expect(answer).toMatchObject({ verdict: "yes", firstFailure: null, at: NOW.toISOString() });
    expect(answer.layers.map(({ id }) => id)).toEqual([...REACH_LAYERS]);
  });

  it.each<[string, ReachAnswer["verdict"], string, ReachFacts, Partial<ReachCall>?, ReachFrom?]>([
    ["a VPC that is not associated", "no", "vpc", facts({ networks: [network({ vpcs: { value: [], at: NOW } })] })],
    ["a service in no network", "no", "vpc", facts({ networks: [], lattice: lattice({ associations: { value: [], at: NOW } }) })],
    ["a service that left the network", "no", "vpc", facts({ lattice: lattice({ associations: { value: [], at: NOW } }) })],
    ["a VPC nobody knows", "unknown", "vpc", facts(), {}, { ...POD, view: { ...POD.view, vpcId: null } }],
    [
      "associations read too long ago",
      "unknown",
      "vpc",
      facts({ networks: [network({ vpcs: { value: vpcs("ACTIVE").value, at: ago(200_000) } })] }),
    ],
    ["a VPC association on its way", "no", "association", facts({ networks: [network({ vpcs: vpcs("CREATE_IN_PROGRESS") })] })],
    ["a VPC association that failed", "no", "association", facts({ networks: [network({ vpcs: vpcs("CREATE_FAILED") })] })],
    ["no listener", "no", "listener", facts({ lattice: lattice({ listeners: { value: [], at: NOW } }) })],
    ["another port", "no", "listener", facts(), { port: 8080 }],
    ["rules that were never read", "unknown", "listener", facts({ lattice: lattice({ listeners: null }) })],
    [
      "rules from before the route changed",
      "unknown",
      "listener",
      facts({ lattice: lattice({ listeners: { value: listener(rule()).value, at: ago(2) } }), changedAt: ago(1) }),
    ],
    ["a path that no rule takes", "no", "rule", facts(), { path: "/v2" }],
    [
      "a method that no rule takes",
      "no",
      "rule",
      facts({ lattice: lattice({ listeners: listener(rule({ method: "POST" }), NOT_FOUND_RULE) }) }),
    ],
    [
      "a header that the call lacks",
      "no",
      "rule",
      facts({
        lattice: lattice({ listeners: listener(rule({ headers: [{ name: "x-plan", type: "exact", value: "gold" }] }), NOT_FOUND_RULE) }),
      }),
    ],
    [
      "a rule that answers itself",
      "no",
      "rule",
      facts({ lattice: lattice({ listeners: listener(rule({ action: { forward: [], fixedStatus: 500 } }), NOT_FOUND_RULE) }) }),
    ],
    [
      "a match of a kind nobody knows",
      "unknown",
      "rule",
      facts({
        lattice: lattice({ listeners: listener(rule({ headers: [{ name: "x", type: "regex", value: "." }] }), rule({ id: "rule-2" })) }),
      }),
    ],
    [
      "weights of 0",
      "no",
      "target-groups",
      facts({
        lattice: lattice({ listeners: listener(rule({ action: { forward: [{ targetGroupId: "tg-1", weight: 0 }], fixedStatus: null } })) }),
      }),
    ],
    ["no targets", "no", "targets", facts({ lattice: lattice({ groups: [group("tg-1")] }) })],
    [
      "targets that are all unhealthy: fail-open",
      "unknown",
      "targets",
      facts({ lattice: lattice({ groups: [group("tg-1", "UNHEALTHY")] }) }),
    ],
    ["targets whose first checks run", "unknown", "targets", facts({ lattice: lattice({ groups: [group("tg-1", "INITIAL")] }) })],
    ["AWS_IAM without a policy", "no", "service-policy", facts({ lattice: lattice(guarded(null)) })],
    [
      "an unsigned call where a role is named",
      "no",
      "service-policy",
      facts({ lattice: lattice(guarded(allow({ Principal: { AWS: ROLE } }))) }),
    ],
    [
      "a policy that hangs on the organisation",
      "unknown",
      "service-policy",
      facts({ lattice: lattice(guarded(allow({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }))) }),
      {},
      SIGNER,
    ],
    ["a policy that does not parse", "unknown", "service-policy", facts({ lattice: lattice(guarded("{]")) })],
    ["a network's policy that was never read", "unknown", "network-policy", facts({ networks: [network({ detail: null })] })],
  ])("%s: %s at %s", (_name, verdict, layer, given, call = {}, from = POD) => {
    const answer = ask(given, from, call);
    const decisive = answer.layers.find(({ state }) => state === (verdict === "no" ? "failed" : "unknown"));
    expect({ verdict: answer.verdict, layer: decisive?.id, firstFailure: answer.firstFailure }).toEqual({
      verdict,
      layer,
      firstFailure: verdict === "no" ? layer : null,
    });
  });

  it("lets a role in that the policy names, and says what only the caller can see", () => {
    const answer = ask(facts({ lattice: lattice(guarded(allow({ Principal: { AWS: ROLE } }))) }), SIGNER);
    expect(answer.verdict).toBe("yes");
    expect([stateOf(answer, "identity-policy"), stateOf(answer, "signing")]).toEqual(["not-checkable", "not-checkable"]);
    expect(answer.layers.find(({ id }) => id === "service-policy")?.evidence).toContain(ROLE);
  });

  it("knows the session tags of a service account", () => {
    const policy = allow({ Condition: { StringEquals: { "aws:PrincipalTag/kubernetes-service-account": "cart" } } });
    const pod = (name: string): ReachFrom => ({ ...POD, signs: true, sessionTags: { "kubernetes-service-account": name } });
    expect(ask(facts({ lattice: lattice(guarded(policy)) }), pod("cart")).verdict).toBe("yes");
    expect(ask(facts({ lattice: lattice(guarded(policy)) }), pod("web")).verdict).toBe("no");
  });

  it("shows a policy that does not parse raw, with the parser's words", () => {
    const layer = ask(facts({ lattice: lattice(guarded("{]")) })).layers.find(({ id }) => id === "service-policy");
    expect(layer).toMatchObject({ evidence: "{]", sentence: { values: { parser: { messageKey: "errors.routes.field.policyJson" } } } });
  });

  it("says since when a thing was not checked while AWS refuses or slows us", () => {
    const at = ago(200_000);
    const health = { callsPerSecond: 5, throttledUntil: null, lastPassAt: null, error: "lattice.throttled" };
    const answer = ask(facts({ lattice: lattice({ health }), networks: [network({ vpcs: { value: vpcs("ACTIVE").value, at } })] }));
    expect(answer.layers[0]).toMatchObject({
      state: "unknown",
      sentence: { messageKey: "reach.notCheckedSince.throttled", values: { at: at.getTime() } },
      at: at.toISOString(),
    });
  });

  it("hides evidence and statements from readers with the limited view, never the verdict", () => {
    const whole = ask(facts({ lattice: lattice(guarded(allow({ Principal: { AWS: ROLE } }))) }));
    const limited = limitReach(whole);
    expect(limited).toMatchObject({ verdict: "no", firstFailure: "service-policy" });
    expect(limited.layers.every(({ evidence }) => evidence === null)).toBe(true);
    expect(JSON.stringify(limited.sentence)).not.toContain("implicit");
  });
});

describe("the route page and can A call B", () => {
  const other = allow({ Principal: { AWS: `${ROLE}2` } });
  const named = allow({ Principal: { AWS: ROLE } });
  const fromHere = allow({ Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": "vpc-0b" } } });
  const signedOnly = allow({ Condition: { StringNotEquals: { "aws:PrincipalType": "Anonymous" } } });
  const ofOrganisation = allow({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } });
  const policies = [null, other, named, fromHere, signedOnly, ofOrganisation, allow(), allow({ Effect: "Deny" }), "{]"];
  const guardedNetwork = (policy: string | null) => {
    const { detail } = network();
    const held = { value: policy === null ? null : { policy, state: "Active" }, at: NOW };
    return detail === null ? {} : { detail: { ...detail, value: { ...detail.value, authType: "AWS_IAM" } }, policy: held };
  };
  const networkLevels = [{}, ...policies.map(guardedNetwork)];
  const serviceLevels = [{}, ...policies.map(guarded)];
  const ways: readonly Parameters<typeof network>[0][] = [
    {},
    { vpcs: { value: [], at: NOW } },
    { vpcs: vpcs("CREATE_IN_PROGRESS") },
    { vpcs: vpcs("UPDATE_IN_PROGRESS") },
    { vpcs: { ...vpcs("ACTIVE"), at: ago(200_000) } },
    { vpcs: null },
    { detail: null },
  ];
  const [association] = lattice().associations?.value ?? [];
  const associations = [
    {},
    { associations: { value: [], at: NOW } },
    { associations: null },
    { associations: { value: association === undefined ? [] : [{ ...association, status: "CREATE_FAILED" }], at: NOW } },
  ];
  const asConsumer = ({ view }: ReachFrom) => ({ ...view, cluster: null, methods: ["GET"], paths: ["/v1/orders"] });
  const froms = [POD, SIGNER, { ...SIGNER, view: { ...SIGNER.view, vpcId: null } }];

  it("say the same of every caller, network, association and pair of policies", () => {
    const differing: string[] = [];
    let asked = 0;
    for (const from of froms)
      for (const way of ways)
        for (const associated of associations)
          for (const [n, atNetwork] of networkLevels.entries())
            for (const [m, atService] of serviceLevels.entries()) {
              // Pairs of policies where the way is free, each policy alone where it is not.
              if (n > 0 && m > 0 && (way !== ways[0] || associated !== associations[0])) continue;
              const networks = [network({ ...atNetwork, ...way })];
              const seen = lattice({ ...atService, ...associated, networks });
              const answer = ask(facts({ lattice: seen, networks }), from).verdict;
              const page = reachabilityOf({ lattice: seen, network: "net-prod" }, asConsumer(from), NOW).reachable;
              asked += 1;
              if (answer !== page)
                differing.push(`${page} / ${answer}: ${JSON.stringify({ from: from.view.id, way, associated, atNetwork, atService })}`);
            }
    expect(differing).toEqual([]);
    expect(asked).toBeGreaterThan(1_800);
  }, 60_000);
});
