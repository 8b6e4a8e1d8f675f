import {
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  GetRuleCommand,
  type GetRuleResponse,
  ListListenersCommand,
  ListRulesCommand,
  ListServicesCommand,
  ListTargetsCommand,
  VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { awsCallers } from "../../sandbox/players/networking/aws-callers.ts";
import { keptSecrets } from "../../sandbox/state/secrets.ts";
import { latticeDoor } from "../../sandbox/testing/lattice-door.ts";
import { eventually, type Sandbox } from "../../sandbox/testing/use-sandbox.ts";

const TAGS = "application-networking.k8s.aws";
const timeout = () => ({ abortSignal: AbortSignal.timeout(10_000) });

/** Lattice as AWS's own SDK and the emulator's log show it, past the portal. */
export async function latticeEvidence(sandbox: Sandbox) {
  const door = await latticeDoor(sandbox.folder);
  const { accessKeyId } = awsCallers.somebody;
  const credentials = { accessKeyId, secretAccessKey: keptSecrets(sandbox.folder).awsSecret };
  const client = new VPCLatticeClient({ endpoint: door.url, region: "ap-northeast-1", credentials, maxAttempts: 3 });

  async function findService(name: string) {
    const { items } = await client.send(new ListServicesCommand({}), timeout());
    return (items ?? []).find((one) => one.name === name) ?? null;
  }

  /** Every rule of the service but the default one, as GetRule answers it. */
  async function rules(serviceName: string): Promise<readonly GetRuleResponse[]> {
    const service = await findService(serviceName);
    if (service === null) return [];
    const serviceIdentifier = service.id;
    const { items: listeners } = await client.send(new ListListenersCommand({ serviceIdentifier }), timeout());
    const found: GetRuleResponse[] = [];
    for (const { id: listenerIdentifier } of listeners ?? []) {
      const { items } = await client.send(new ListRulesCommand({ serviceIdentifier, listenerIdentifier }), timeout());
      for (const { id: ruleIdentifier, isDefault } of items ?? [])
        if (isDefault !== true)
          found.push(await client.send(new GetRuleCommand({ serviceIdentifier, listenerIdentifier, ruleIdentifier }), timeout()));
    }
    return found;
  }

  /** What gateway controllers made in the account: the seed's foreign services and their groups are left out. */
  async function made() {
    const { services: all, serviceAssociations, targetGroups } = await door.region();
    const services = all.filter(({ tags }) => tags[`${TAGS}/ManagedBy`] !== undefined);
    return {
      services,
      serviceAssociations: serviceAssociations.filter(({ serviceId }) => services.some(({ id }) => id === serviceId)),
      targetGroups: targetGroups.filter(({ tags }) => tags[`${TAGS}/ManagedBy`] !== undefined),
    };
  }

  /** The groups of exports: one for each cluster and Service name. */
  async function exportGroups() {
    const { targetGroups } = await made();
    return targetGroups.flatMap(({ id, status, tags, targets }) => {
      const eksName = tags[`${TAGS}/ClusterName`];
      const service = tags[`${TAGS}/ServiceName`];
      return eksName === undefined || service === undefined ? [] : [{ id, status, eksName, service, targets }];
    });
  }

  return {
    door,
    made,
    findService,
    rules,
    exportGroups,
    /** `{ <EKS name>: weight }` of every rule of the service, by the groups that stand behind its ids now. */
    weights: async (serviceName: string): Promise<readonly Readonly<Record<string, number | undefined>>[]> => {
      const groups = new Map((await exportGroups()).map(({ id, eksName }) => [id, eksName]));
      return (await rules(serviceName)).map(({ action }) =>
        Object.fromEntries(
          (action?.forward?.targetGroups ?? []).map(({ targetGroupIdentifier: id = "", weight }) => [groups.get(id) ?? id, weight]),
        ),
      );
    },
    /** As somebody with a console would: takes the group away under the controller's hands. */
    dropGroup: async (targetGroupIdentifier: string): Promise<void> => {
      const { items } = await client.send(new ListTargetsCommand({ targetGroupIdentifier }), timeout());
      const targets = (items ?? []).map(({ id, port }) => ({ id, port }));
      if (targets.length > 0) await client.send(new DeregisterTargetsCommand({ targetGroupIdentifier, targets }), timeout());
      await eventually("the group is drained and goes", () =>
        client.send(new DeleteTargetGroupCommand({ targetGroupIdentifier }), timeout()).catch(() => null),
      );
    },
    /** Names of the calls that changed something and succeeded, in their order. */
    changes: async (since: number): Promise<readonly string[]> => {
      const { calls } = await door.calls({ caller: "controller/*", access: "write", since, limit: 1_000 });
      return calls.filter(({ status }) => status < 300).map(({ operation }) => operation);
    },
    last: async (): Promise<number> => (await door.calls({ limit: 1 })).last,
    close: () => client.destroy(),
  };
}
export type LatticeEvidence = Awaited<ReturnType<typeof latticeEvidence>>;
