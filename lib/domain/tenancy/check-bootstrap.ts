import type { FieldProblem } from "../portal-error.ts";
import type { BootstrapFile } from "./bootstrap.ts";

/** The policy without slots under which the portal's own requests run. The file may not define it. */
export const BOOTSTRAP_POLICY = "bootstrap";
/** The kind of request that carries tenancy to management clusters. */
export const TENANCY_BOOTSTRAP = "tenancy.bootstrap";

type Named = { readonly path: string; readonly id: string };

/** What the schema cannot say: every name is there once, and every name used is defined. One problem per place. */
export function checkBootstrap(file: BootstrapFile): readonly FieldProblem[] {
  const teams = new Set<string>(file.teams.map(({ id }) => id));
  const policies = new Set(file.policies.map(({ name }) => name));
  const usedTeams = [
    ...file.accounts.flatMap((account, i) => account.teams.map((id, j) => ({ path: `accounts.${i}.teams.${j}`, id }))),
    ...file.policies.flatMap((policy, i) =>
      policy.slots.flatMap((slot, j) => (slot.team === undefined ? [] : [{ path: `policies.${i}.slots.${j}.team`, id: slot.team }])),
    ),
  ];
  const usedPolicies = [
    ...file.blueprints.map(({ policy }, i) => ({ path: `blueprints.${i}.policy`, id: policy })),
    ...Object.entries(file.kindPolicies).map(([kind, policy]) => ({ path: `kindPolicies.${kind}`, id: policy })),
  ];
  return [
    ...twice(file.teams.map(({ id }, i) => ({ path: `teams.${i}.id`, id }))),
    ...twice(file.accounts.map(({ id }, i) => ({ path: `accounts.${i}.id`, id }))),
    ...twice(file.policies.map(({ name }, i) => ({ path: `policies.${i}.name`, id: name }))),
    ...twice(file.blueprints.map(({ id, version }, i) => ({ path: `blueprints.${i}.version`, id: `${id}@${version}` }))),
    ...twice(file.tokens.map(({ hash }, i) => ({ path: `tokens.${i}.hash`, id: hash }))).map(({ path, key }) => ({
      path,
      key,
      values: { id: path },
    })),
    ...file.policies.flatMap(({ slots }, i) => twice(slots.map(({ id }, j) => ({ path: `policies.${i}.slots.${j}.id`, id })))),
    ...checkNetworking(file, teams),
    ...file.policies.flatMap(({ slots }, i) => slotsOutOfTurn(slots, `policies.${i}.slots`)),
    ...undefinedNames(usedTeams, teams, "tenancy.bootstrap.unknownTeam"),
    ...undefinedNames(usedPolicies, policies, "tenancy.bootstrap.unknownPolicy"),
    ...(policies.has(BOOTSTRAP_POLICY)
      ? [{ path: "policies", key: "tenancy.bootstrap.ownPolicy", values: { name: BOOTSTRAP_POLICY } }]
      : []),
    ...(TENANCY_BOOTSTRAP in file.kindPolicies
      ? [{ path: `kindPolicies.${TENANCY_BOOTSTRAP}`, key: "tenancy.bootstrap.ownKind", values: { name: TENANCY_BOOTSTRAP } }]
      : []),
  ];
}

/** Every network lives in an account whose Lattice is read, and names teams that exist. */
function checkNetworking({ networking, accounts }: BootstrapFile, teams: ReadonlySet<string>): readonly FieldProblem[] {
  const { lattice, serviceNetworks } = networking;
  const readAccounts = lattice.map(({ account }, i) => ({ path: `networking.lattice.${i}.account`, id: account }));
  const inAccounts = serviceNetworks.map(({ account }, i) => ({ path: `networking.serviceNetworks.${i}.account`, id: account }));
  const usedTeams = serviceNetworks.flatMap((network, i) => {
    const at = `networking.serviceNetworks.${i}`;
    return [
      ...network.publishers.map((id, j) => ({ path: `${at}.publishers.${j}`, id })),
      ...network.callers.map((id, j) => ({ path: `${at}.callers.${j}`, id })),
      ...network.consumers.flatMap(({ team }, j) => (team === undefined ? [] : [{ path: `${at}.consumers.${j}.team`, id: team }])),
    ];
  });
  return [
    ...twice(readAccounts),
    ...twice(serviceNetworks.map(({ name, account }, i) => ({ path: `networking.serviceNetworks.${i}.name`, id: `${account}/${name}` }))),
    ...undefinedNames(readAccounts, new Set(accounts.map(({ id }) => id)), "tenancy.bootstrap.unknownAccount"),
    ...undefinedNames(inAccounts, new Set(lattice.map(({ account }) => account)), "tenancy.bootstrap.accountNotRead"),
    ...undefinedNames(usedTeams, teams, "tenancy.bootstrap.unknownTeam"),
    ...serviceNetworks.flatMap(({ listeners }, i) => checkListeners(listeners, `networking.serviceNetworks.${i}.listeners`)),
  ];
}

type Listeners = BootstrapFile["networking"]["serviceNetworks"][number]["listeners"];
const LISTENERS_PER_SERVICE = 2;
/** Kinds of routes by the protocols of the listeners that take them (lattice.md §1.3); what takes a GRPCRoute takes an HTTPRoute too. */
const TAKEN_BY: readonly (readonly [string, readonly string[]])[] = [
  ["HTTPRoute", ["HTTP", "HTTPS"]],
  ["TLSRoute", ["TLS"]],
];

/** Every listener has a name and a place of its own, and no route can match more of them than a Lattice service holds (lattice.md §1.3, §3.7). */
function checkListeners(listeners: Listeners, path: string): readonly FieldProblem[] {
  return [
    ...twice(listeners.map(({ name }, i) => ({ path: `${path}.${i}.name`, id: name }))),
    ...twice(listeners.map(({ port }, i) => ({ path: `${path}.${i}.port`, id: String(port) }))),
    ...TAKEN_BY.flatMap(([kind, protocols]) => {
      const count = listeners.filter(({ protocol }) => protocols.includes(protocol)).length;
      const values = { kind, count, maximum: LISTENERS_PER_SERVICE };
      return count > LISTENERS_PER_SERVICE ? [{ path, key: "tenancy.bootstrap.listenersOfKind", values }] : [];
    }),
  ];
}

/** A slot may only wait for one that stands before it: so no two wait for each other. */
function slotsOutOfTurn(slots: BootstrapFile["policies"][number]["slots"], path: string): readonly FieldProblem[] {
  return slots.flatMap(({ after }, i) =>
    after === undefined || slots.slice(0, i).some(({ id }) => id === after)
      ? []
      : [{ path: `${path}.${i}.after`, key: "tenancy.bootstrap.slotOutOfTurn", values: { id: after } }],
  );
}

function twice(named: readonly Named[]): readonly FieldProblem[] {
  return named
    .filter(({ id }, i) => named.findIndex((other) => other.id === id) < i)
    .map(({ path, id }) => ({ path, key: "tenancy.bootstrap.twice", values: { id } }));
}

function undefinedNames(used: readonly Named[], defined: ReadonlySet<string>, key: string): readonly FieldProblem[] {
  return used.filter(({ id }) => !defined.has(id)).map(({ path, id }) => ({ path, key, values: { id } }));
}
