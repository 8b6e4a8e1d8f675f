import { type Message, message } from "../message.ts";
import type { PreflightCheck } from "../requests/preflight.ts";
import type { LatticeAccountConfig } from "../tenancy/networking.ts";

/** A kubeService that the route wants to publish, as its cluster says it now. */
export type PreflightBackend = {
  /** Input path of its first use: `rules.0.backends.1`. */
  readonly path: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly kubeService: string;
  readonly port: number;
  /** Null: there is no such kubeService. */
  readonly found: {
    readonly ports: readonly number[];
    readonly ipFamilies: readonly string[];
    readonly headless: boolean;
    readonly external: boolean;
    readonly readyPods: number;
  } | null;
  /** The other route that uses its export, or the request that reserved it. */
  readonly usedBy: string | null;
  /** An export of that name that Trellis did not make. */
  readonly foreignExport: boolean;
};

/** A cluster that runs the kubeServices. */
export type PreflightProvider = {
  readonly path: string;
  readonly cluster: string;
  readonly account: { readonly awsAccountId: string; readonly region: string } | null;
  readonly clusterName: string | null;
  readonly vpcId: string | null;
};

export type PreflightConsumer = { readonly name: string; readonly vpcId: string | null; readonly associated: boolean | null };

/** Everything the looks before writing depend on; `at` is when each outside fact was said, null when nobody said it yet. */
export type PreflightFacts = {
  readonly network: string;
  readonly account: { readonly id: string; readonly awsAccountId: string; readonly region: string };
  readonly quotas: LatticeAccountConfig["quotas"];
  readonly mayPublish: boolean;
  readonly latticeNetwork: { readonly known: boolean; readonly services: number | null; readonly at: string | null };
  readonly gateway: { readonly programmed: boolean | null; readonly words: string | null } | null;
  readonly listener: { readonly name: string; readonly found: boolean; readonly fits: boolean; readonly allowsTeam: boolean | null };
  readonly serviceName: { readonly name: string; readonly takenBy: string | null; readonly at: string | null };
  readonly rules: number;
  readonly groupsOfRoute: number;
  readonly newGroups: number;
  readonly newService: boolean;
  readonly targetGroups: { readonly count: number | null; readonly services: number | null; readonly at: string | null };
  readonly providers: readonly PreflightProvider[];
  readonly backends: readonly PreflightBackend[];
  /** Namespaces of imports that exist on the management cluster and that nobody handed over to Trellis. */
  readonly foreignNamespaces: readonly string[];
  readonly consumers: { readonly list: readonly PreflightConsumer[]; readonly at: string | null };
  readonly policyWarnings: readonly Message[];
};

type Verdict = Pick<PreflightCheck, "result" | "sentence" | "actor"> & Partial<Pick<PreflightCheck, "evidence" | "at" | "path">>;

/** Every look of lattice.md §9.5 before anything is written, most basic first. Pure: facts in, verdicts out. */
export function preflightChecks(facts: PreflightFacts): readonly PreflightCheck[] {
  return [
    check("network", networkVerdict(facts)),
    check("gateway", gatewayVerdict(facts)),
    check("listener", listenerVerdict(facts)),
    check("service-name", nameVerdict(facts)),
    ...facts.providers.map((provider) => check("provider", providerVerdict(facts, provider), { cluster: provider.cluster })),
    ...facts.backends.map((backend) =>
      check("kube-service", backendVerdict(backend), { name: `${backend.namespace}/${backend.kubeService}`, cluster: backend.cluster }),
    ),
    ...facts.backends.map((backend) => check("export", exportVerdict(backend), { name: `${backend.namespace}/${backend.kubeService}` })),
    ...facts.foreignNamespaces.map((namespace) =>
      check("namespace", { result: "blocked", actor: "platform", sentence: say("namespace.foreign", { namespace }) }, { namespace }),
    ),
    check("quotas", quotaVerdict(facts)),
    ...facts.consumers.list.map((consumer) => check("consumer", consumerVerdict(facts, consumer), { name: consumer.name })),
    check("policy", policyVerdict(facts)),
  ];
}

function check(code: string, verdict: Verdict, values: Message["values"] = {}): PreflightCheck {
  return { evidence: null, at: null, path: null, ...verdict, code, label: message(`routePreflight.label.${code}`, values) };
}

const say = (key: string, values: Message["values"] = {}): Message => message(`routePreflight.${key}`, values);
const fine = (key: string, values: Message["values"] = {}): Verdict => ({ result: "ok", actor: "nobody", sentence: say(key, values) });

function networkVerdict({ network, account, mayPublish, latticeNetwork: { known, at } }: PreflightFacts): Verdict {
  const path = "network";
  if (!mayPublish) return { result: "blocked", actor: "platform", path, sentence: say("network.notYours", { network }) };
  if (at === null) return { result: "unknown", actor: "platform", path, sentence: say("network.notRead", { account: account.id }) };
  if (!known) return { result: "blocked", actor: "platform", path, at, sentence: say("network.missing", { network, account: account.id }) };
  return { ...fine("network.ok", { network }), at };
}

function gatewayVerdict({ network, gateway }: PreflightFacts): Verdict {
  if (gateway === null) return { result: "blocked", actor: "platform", sentence: say("gateway.missing", { network }) };
  const evidence = gateway.words;
  if (gateway.programmed === null) return { result: "unknown", actor: "platform", evidence, sentence: say("gateway.silent", { network }) };
  if (!gateway.programmed) return { result: "blocked", actor: "platform", evidence, sentence: say("gateway.notProgrammed", { network }) };
  return { ...fine("gateway.ok", { network }), evidence };
}

function listenerVerdict({ network, listener }: PreflightFacts): Verdict {
  const { name } = listener;
  const blocked = (key: string): Verdict => ({
    result: "blocked",
    actor: key === "wrongProtocol" ? "you" : "platform",
    path: "listener",
    sentence: say(`listener.${key}`, { name, network }),
  });
  if (!listener.found) return blocked("missing");
  if (!listener.fits) return blocked("wrongProtocol");
  if (listener.allowsTeam === false) return blocked("notAllowed");
  return fine("listener.ok", { name });
}

function nameVerdict({ serviceName: { name, takenBy, at }, account }: PreflightFacts): Verdict {
  if (takenBy !== null)
    return {
      result: "blocked",
      actor: "you",
      path: "serviceName",
      at,
      evidence: takenBy,
      sentence: say("name.taken", { name, by: takenBy }),
    };
  if (at === null) return { result: "unknown", actor: "platform", sentence: say("name.notRead", { name, account: account.id }) };
  return { ...fine("name.ok", { name }), at };
}

function providerVerdict({ account }: PreflightFacts, { cluster, path, ...provider }: PreflightProvider): Verdict {
  const at = { cluster };
  if (provider.account === null || provider.clusterName === null || provider.vpcId === null)
    return { result: "blocked", actor: "team", path, sentence: say("provider.notReady", at) };
  if (provider.account.awsAccountId !== account.awsAccountId || provider.account.region !== account.region)
    return {
      result: "blocked",
      actor: "you",
      path,
      evidence: `${provider.account.awsAccountId} ${provider.account.region}`,
      sentence: say("provider.otherAccount", { ...at, awsAccountId: account.awsAccountId, region: account.region }),
    };
  return { ...fine("provider.ok", at), evidence: provider.vpcId };
}

/** Exported Services are single-stack, have an address of their own, and are no alias (lattice.md §1.7). */
function backendVerdict({ path, cluster, namespace, kubeService, port, found }: PreflightBackend): Verdict {
  const names = { name: `${namespace}/${kubeService}`, cluster, port };
  const blocked = (key: string): Verdict => ({ result: "blocked", actor: "team", path, sentence: say(`kubeService.${key}`, names) });
  if (found === null) return blocked("missing");
  if (found.external) return blocked("external");
  if (found.headless) return blocked("headless");
  if (found.ipFamilies.length > 1) return blocked("dualStack");
  if (!found.ports.includes(port)) return { ...blocked("noPort"), evidence: found.ports.join(", ") };
  if (found.readyPods === 0) return { result: "warning", actor: "team", path, sentence: say("kubeService.noPods", names) };
  return fine("kubeService.ok", { ...names, pods: found.readyPods });
}

/** One export per kubeService, one route per export (lattice.md §0 fact 2, §1.7). */
function exportVerdict({ path, namespace, kubeService, usedBy, foreignExport }: PreflightBackend): Verdict {
  const name = `${namespace}/${kubeService}`;
  if (usedBy !== null)
    return { result: "blocked", actor: "you", path, evidence: usedBy, sentence: say("export.used", { name, by: usedBy, kubeService }) };
  if (foreignExport) return { result: "blocked", actor: "team", path, sentence: say("export.foreign", { name }) };
  return fine("export.ok", { name });
}

function quotaVerdict(facts: PreflightFacts): Verdict {
  const { quotas, targetGroups, latticeNetwork } = facts;
  const over = (key: string, used: number, quota: number, actor: "you" | "platform"): Verdict => ({
    result: "blocked",
    actor,
    evidence: `${used}/${quota}`,
    at: targetGroups.at,
    sentence: say(`quotas.${key}`, { used, quota }),
  });
  if (facts.rules > quotas.rulesPerListener) return over("rules", facts.rules, quotas.rulesPerListener, "you");
  if (facts.groupsOfRoute > quotas.targetGroupsPerService) return over("groups", facts.groupsOfRoute, quotas.targetGroupsPerService, "you");
  if (targetGroups.count === null || targetGroups.services === null)
    return { result: "unknown", actor: "platform", sentence: say("quotas.notRead") };
  const groups = targetGroups.count + facts.newGroups;
  if (groups > quotas.targetGroupsPerRegion) return over("groupsInRegion", groups, quotas.targetGroupsPerRegion, "platform");
  const services = targetGroups.services + (facts.newService ? 1 : 0);
  if (services > quotas.servicesPerRegion) return over("services", services, quotas.servicesPerRegion, "platform");
  const inNetwork = (latticeNetwork.services ?? 0) + (facts.newService ? 1 : 0);
  if (inNetwork > quotas.servicesPerNetwork) return over("servicesInNetwork", inNetwork, quotas.servicesPerNetwork, "platform");
  return {
    ...fine("quotas.ok", { groups, groupQuota: quotas.targetGroupsPerRegion, services, serviceQuota: quotas.servicesPerRegion }),
    at: targetGroups.at,
  };
}

/** A consumer whose VPC is not associated cannot call; that is the consumer's side to mend, so it never blocks the publisher. */
function consumerVerdict({ network, consumers: { at } }: PreflightFacts, { name, vpcId, associated }: PreflightConsumer): Verdict {
  if (vpcId === null || associated === null)
    return { result: "unknown", actor: "nobody", at, sentence: say("consumer.unknown", { name, network }) };
  if (!associated)
    return { result: "warning", actor: "platform", at, evidence: vpcId, sentence: say("consumer.notAssociated", { name, vpcId, network }) };
  return { ...fine("consumer.ok", { name, network }), at, evidence: vpcId };
}

function policyVerdict({ policyWarnings: [first] }: PreflightFacts): Verdict {
  return first === undefined ? fine("policy.ok") : { result: "warning", actor: "you", path: "access", sentence: first };
}
