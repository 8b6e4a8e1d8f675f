import { createLattice } from "../../lib/adapters/lattice/index.ts";
import type { LatticeAccount, LatticePort } from "../../lib/adapters/lattice/port.ts";
import { createFakeLog, createFakeMetrics } from "../../lib/adapters/telemetry/fake.ts";
import type { Seen } from "../../lib/domain/routes/lattice-facts.ts";
import type { ReachFacts } from "../../lib/domain/topology/reach-facts.ts";
import { account, readRole, region, type TestEmulator } from "../../sandbox/lattice/testing/test-emulator.ts";

const reader: LatticeAccount = {
  id: "platform-prod",
  awsAccountId: account,
  region,
  roleArn: readRole.arn,
  externalId: readRole.externalId,
  callsPerSecond: 10_000,
};

/** The portal's own adapter on the emulator, with the role that only reads. */
export function createReachReader(emulator: TestEmulator) {
  process.env.AWS_ACCESS_KEY_ID ??= "AKIAPORTAL";
  process.env.AWS_SECRET_ACCESS_KEY ??= "not-checked";
  const clock = { now: () => new Date() };
  return createLattice({ endpoint: emulator.url, log: createFakeLog(), metrics: createFakeMetrics(), clock });
}

/** Everything the portal can read about one service, at one moment. What the role is refused stays unread. */
export async function readReachFacts(lattice: LatticePort, serviceId: string, at: Date): Promise<ReachFacts> {
  const seen = <Value>(value: Value): Seen<Value> => ({ value, at });
  const orNull = async <Value>(read: Promise<Value>): Promise<Seen<Value> | null> => read.then(seen, () => null);
  const detail = await lattice.findService(reader, serviceId);
  if (detail === null) throw new Error(`no service ${serviceId}`);
  const associations = await lattice.listServiceAssociations(reader, { serviceId });
  const listeners = await orNull(lattice.listListeners(reader, serviceId));
  const rules = (listeners?.value ?? []).flatMap((listener) => listener.rules);
  const used = new Set(rules.flatMap((rule) => rule.action.forward.map((one) => one.targetGroupId)));
  const groups = (await lattice.listTargetGroups(reader)).filter(({ id }) => used.has(id));
  const networks = (await lattice.listServiceNetworks(reader)).filter(
    ({ id, name }) => name === "net-prod" || associations.some(({ networkId }) => networkId === id),
  );
  const observed = await Promise.all(
    networks.map(async ({ id, name, arn }) => {
      const vpcs = await lattice.listVpcAssociations(reader, id);
      const details = await Promise.all(vpcs.map(async (vpc) => [vpc.id, await lattice.findVpcAssociation(reader, vpc.id)] as const));
      const network = await lattice.findServiceNetwork(reader, id);
      return {
        id,
        name,
        arn,
        vpcs: seen(vpcs),
        detail: network === null ? null : seen(network),
        policy: await orNull(lattice.findAuthPolicy(reader, id)),
        vpcDetails: new Map(details.flatMap(([key, value]) => (value === null ? [] : [[key, seen(value)] as const]))),
      };
    }),
  );
  const { authType: _auth, certificateArn: _certificate, failureCode: _code, failureMessage: _message, ...service } = detail;
  return {
    service: {
      namespace: "team-payments",
      name: detail.name,
      team: "payments",
      domainName: detail.domainName,
      networks: networks.map(({ name }) => name),
    },
    protocol: (listeners?.value ?? []).some(({ protocol }) => protocol === "TLS_PASSTHROUGH") ? "tls" : "http",
    account,
    arn: detail.arn,
    lattice: {
      account: reader.id,
      health: { callsPerSecond: 5, throttledUntil: null, lastPassAt: at.toISOString(), error: null },
      servicesAt: at,
      service: seen(service),
      detail: seen(detail),
      tags: seen((await lattice.listTags(reader, { type: "service" })).get(detail.arn) ?? {}),
      associations: seen(associations),
      listeners,
      policy: await orNull(lattice.findAuthPolicy(reader, serviceId)),
      accessLogs: null,
      networks: observed,
      groups: await Promise.all(
        groups.map(async (group) => ({
          group: seen(group),
          targets: await orNull(lattice.listTargets(reader, group.id)),
          importName: null,
        })),
      ),
    },
    networks: observed,
    changedAt: null,
  };
}
