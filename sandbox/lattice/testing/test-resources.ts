import type { RuleAction, RuleMatch, VPCLattice } from "@aws-sdk/client-vpc-lattice";
import type { TestEmulator } from "./test-emulator.ts";
import { vpcId } from "./test-emulator.ts";

const minute = 60_000;

/** Makes what a test needs and waits, on the emulator's clock, until it is there. */
export function testResources(emulator: TestEmulator, lattice: VPCLattice = emulator.lattice()) {
  const resources = {
    network: async (name = "net-prod") => idOf(await lattice.createServiceNetwork({ name })),
    service: async (name = "orders") => {
      const id = idOf(await lattice.createService({ name }));
      emulator.pass(minute);
      return id;
    },
    association: async (serviceIdentifier: string, serviceNetworkIdentifier: string) => {
      const id = idOf(await lattice.createServiceNetworkServiceAssociation({ serviceIdentifier, serviceNetworkIdentifier }));
      emulator.pass(minute);
      return id;
    },
    group: async (name = "k8s-orders", more: { protocol?: "HTTP" | "TCP"; port?: number } = {}) => {
      const config = { port: more.port ?? 8080, protocol: more.protocol ?? "HTTP", vpcIdentifier: vpcId } as const;
      const id = idOf(await lattice.createTargetGroup({ name, type: "IP", config }));
      emulator.pass(minute);
      return id;
    },
    listener: async (serviceIdentifier: string, name = "orders-80", port = 80) =>
      idOf(await lattice.createListener({ serviceIdentifier, name, port, protocol: "HTTP", defaultAction: notFoundAction })),
    rule: async (
      place: { serviceIdentifier: string; listenerIdentifier: string },
      given: { priority: number; groups?: readonly (readonly [string, number])[]; path?: string },
    ) =>
      idOf(
        await lattice.createRule({
          ...place,
          name: `k8s-rule-${given.priority}`,
          priority: given.priority,
          match: pathPrefix(given.path ?? `/${given.priority}`),
          action: given.groups ? forwardTo(...given.groups) : notFoundAction,
        }),
      ),
    /** A service whose one rule forwards to one group with one target. */
    route: async (name = "orders") => {
      const serviceIdentifier = await resources.service(name);
      const group = await resources.group(`k8s-${name}`);
      const listenerIdentifier = await resources.listener(serviceIdentifier, `${name}-80`);
      await lattice.registerTargets({ targetGroupIdentifier: group, targets: [{ id: "10.2.0.1", port: 8080 }] });
      const rule = await resources.rule({ serviceIdentifier, listenerIdentifier }, { priority: 1, groups: [[group, 1]], path: "/" });
      return { service: serviceIdentifier, group, listener: listenerIdentifier, rule };
    },
  };
  return resources;
}

export const notFoundAction: RuleAction = { fixedResponse: { statusCode: 404 } };

export function forwardTo(...groups: (readonly [id: string, weight: number])[]): RuleAction {
  return { forward: { targetGroups: groups.map(([targetGroupIdentifier, weight]) => ({ targetGroupIdentifier, weight })) } };
}

export function pathPrefix(prefix: string): RuleMatch {
  return { httpMatch: { pathMatch: { match: { prefix } } } };
}

export function idOf(created: { id?: string | undefined }): string {
  if (created.id === undefined) throw new Error("the answer has no id");
  return created.id;
}
