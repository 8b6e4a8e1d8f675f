import { paginateListTargetGroups } from "@aws-sdk/client-vpc-lattice";
import { afterEach, beforeEach, expect, it } from "vitest";
import { account, region, type TestEmulator, testEmulator, vpcId } from "../testing/test-emulator.ts";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await testEmulator();
});
afterEach(() => emulator.stop());

const targets = [{ id: "10.0.0.1", port: 8080 }];
const service = (number: number) => ({
  name: `orders-${number}`,
  tags: { team: "payments" },
  groups: ["a", "b"].map((side) => ({
    name: `k8s-orders-${number}-${side}`,
    vpcId,
    weight: 50,
    tags: { side, number: String(number) },
    targets,
  })),
});
const make = (count: number) =>
  emulator.control.makeServices({
    account,
    region,
    network: "net-prod",
    services: Array.from({ length: count }, (_, number) => service(number)),
  });

it("makes a thousand services with two groups each, live, healthy and found by their tags, once the quotas allow it", async () => {
  const lattice = emulator.lattice();
  const { id } = await lattice.createServiceNetwork({ name: "net-prod" });
  emulator.control.changeSettings({ quotas: { targetGroupsPerRegion: 3_000, servicesPerNetwork: 2_000 } });
  const made = make(1_000);
  expect((await lattice.getServiceNetwork({ serviceNetworkIdentifier: id })).numberOfAssociatedServices).toBe(1_000);
  const arns = new Set<string | undefined>();
  for await (const page of paginateListTargetGroups({ client: lattice, pageSize: 100 }, {}))
    for (const group of page.items ?? []) if (group.status === "ACTIVE" && group.serviceArns?.length === 1) arns.add(group.arn);
  expect(arns.size).toBe(2_000);
  const { items } = await lattice.listTargets({ targetGroupIdentifier: made[999]?.groups[1] });
  expect(items).toEqual([{ id: "10.0.0.1", port: 8080, status: "HEALTHY" }]);
  const tagged = await emulator.tagging().getResources({
    TagFilters: [
      { Key: "number", Values: ["999"] },
      { Key: "side", Values: ["b"] },
    ],
  });
  expect(tagged.ResourceTagMappingList?.map((one) => one.ResourceARN?.split("/").at(-1))).toEqual([made[999]?.groups[1]]);
});

it("refuses what the API would refuse", async () => {
  expect(() => make(1)).toThrow("no service network net-prod");
  await emulator.lattice().createServiceNetwork({ name: "net-prod" });
  make(1);
  expect(() => make(1)).toThrow("Service with name orders-0 already exists");
});

it("makes services over what Kubernetes does not own: a function and a load balancer have no health of Lattice's, instances do", async () => {
  const behind = (type: "LAMBDA" | "ALB" | "INSTANCE", id: string) => ({
    name: `tax-${type.toLowerCase()}`,
    listener: { protocol: "HTTPS" as const, port: 443 },
    groups: [{ name: `tax-${type.toLowerCase()}`, type, ...(type === "LAMBDA" ? {} : { vpcId, port: 443 }), targets: [{ id }] }],
  });
  const made = emulator.control.makeServices({
    account,
    region,
    services: [
      behind("LAMBDA", `arn:aws:lambda:${region}:${account}:function:tax`),
      behind("ALB", `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/tax/0123456789abcdef`),
      behind("INSTANCE", "i-0a1b2c3d4e5f60718"),
    ],
  });
  const listed = await Promise.all(made.map(({ groups }) => emulator.lattice().listTargets({ targetGroupIdentifier: groups[0] })));
  expect(listed.map(({ items }) => items?.map(({ status, reasonCode }) => [status, reasonCode ?? null]))).toEqual([
    [["UNAVAILABLE", "HealthCheckNotSupported"]],
    [["UNAVAILABLE", "HealthCheckNotSupported"]],
    [["HEALTHY", null]],
  ]);
});
