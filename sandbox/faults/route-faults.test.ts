import { setTimeout as sleep } from "node:timers/promises";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { ListServicesCommand, VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { resources } from "../kube/kube-object.ts";
import { seedNetworking } from "../seed/apply-infrastructure.ts";
import { type ProviderCluster, providerCluster, providerVpc, routeOver, type TestRoute } from "../testing/test-route.ts";
import type { TestTenant } from "../testing/test-tenant.ts";
import { eventually, type Sandbox, useSandbox } from "../testing/use-sandbox.ts";
import type { FaultName } from "./fault-names.ts";

const waitMs = 25_000;
const network = "lattice/net-prod";
const management = "controller/management";
let sandbox: Sandbox;
let tenant: TestTenant;
let provider: ProviderCluster;
let route: TestRoute;

beforeAll(async () => {
  sandbox = await useSandbox();
  tenant = await sandbox.tenant();
  provider = await providerCluster(sandbox, tenant, "provider");
  route = await routeOver(sandbox, tenant, provider);
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => {
  await provider.client.close();
  await tenant.deleteCluster("provider");
});

/** Sets the fault, waits until it shows, clears it, waits until it is undone. */
async function wentAndCameBack(
  name: FaultName,
  target: string,
  shows: () => Promise<boolean>,
  over: () => Promise<boolean>,
): Promise<void> {
  sandbox.faults.set(name, target);
  await eventually(`${name} shows`, async () => ((await shows()) ? true : null), waitMs);
  sandbox.faults.clear();
  await eventually(`${name} is undone`, async () => ((await over()) ? true : null), waitMs);
}
const targetsAre = async (...statuses: string[]) => {
  const { targets } = await route.seen();
  return JSON.stringify(targets.map((one) => one.status).sort()) === JSON.stringify(statuses);
};
const healthy = () => targetsAre("HEALTHY", "HEALTHY");
const statusOfVpc = async () => (await route.door.region()).vpcAssociations.find((one) => one.vpcId === providerVpc)?.status;
const events = async () => {
  const { items } = await sandbox.admin.list(resources.event, {}, tenant.namespace);
  const Event = z.looseObject({
    involvedObject: z.looseObject({ kind: z.string() }),
    message: z.string().optional(),
    count: z.number().optional(),
  });
  return items.map((item) => Event.parse(item)).filter((one) => one.involvedObject.kind === "HTTPRoute");
};
/** Whether this caller has had an answer with the status since. */
const answered = async (status: number, query: { caller: string; since: number }) =>
  (await route.door.calls(query)).calls.some((call) => call.status === status);
const now = async (): Promise<number> => (await route.door.calls({ limit: 1 })).last;

/** What the portal gets when it takes its read role and reads: "ok" or the error's name. */
async function portalReads(): Promise<string> {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_REGION = "", LATTICE_ENDPOINT = "" } = sandbox.env;
  const settings = { endpoint: LATTICE_ENDPOINT, region: AWS_REGION, maxAttempts: 1 };
  const own = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  const home = seedNetworking().networking.lattice[0];
  const sts = new STSClient({ ...settings, credentials: own });
  const input = { RoleArn: home?.readRoleArn, ExternalId: home?.externalId, RoleSessionName: "test" };
  try {
    const { Credentials: taken } = await sts.send(new AssumeRoleCommand(input), { abortSignal: AbortSignal.timeout(8_000) });
    const credentials = {
      accessKeyId: taken?.AccessKeyId ?? "",
      secretAccessKey: taken?.SecretAccessKey ?? "",
      sessionToken: taken?.SessionToken ?? "",
    };
    const lattice = new VPCLatticeClient({ ...settings, credentials });
    await lattice.send(new ListServicesCommand({}), { abortSignal: AbortSignal.timeout(3_000) });
    return "ok";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

describe("faults of targets", () => {
  it.each([
    ["targets-unhealthy", ["UNHEALTHY", "UNHEALTHY"]],
    ["one-target-unhealthy", ["HEALTHY", "UNHEALTHY"]],
    ["targets-never-healthy", ["INITIAL", "INITIAL"]],
    ["health-checks-off", ["UNAVAILABLE", "UNAVAILABLE"]],
  ] as const)("%s", async (name, statuses) => {
    await wentAndCameBack(name, route.key, () => targetsAre(...statuses), healthy);
  });
});

describe("faults of the Lattice API", () => {
  it.each([
    ["throttled", "ThrottlingException"],
    ["lattice-slow", "AbortError"],
    ["reading-denied", "AccessDeniedException"],
    ["role-refused", "AccessDenied"],
  ] as const)("%s: the portal reads %s", async (name, error) => {
    const reads = async (wanted: string) => (await portalReads()) === wanted;
    await wentAndCameBack(
      name,
      network,
      () => reads(error),
      () => reads("ok"),
    );
  });

  it("lattice-unreachable: nobody gets an answer", async () => {
    const since = await now();
    await wentAndCameBack(
      "lattice-unreachable",
      network,
      () => answered(0, { caller: management, since }),
      async () => answered(200, { caller: management, since: await now().then((last) => sleep(900, last)) }),
    );
  });

  it("networks-denied: the controllers may not list networks", async () => {
    const since = await now();
    sandbox.faults.set("networks-denied", network);
    await eventually("a 403", async () => ((await answered(403, { caller: management, since })) ? true : null), waitMs);
  });

  it("a quota that is reached: rules of a listener, groups of the Region", async () => {
    const quotas = async () => z.looseObject({ quotas: z.record(z.string(), z.number()) }).parse(await route.door.ask("settings")).quotas;
    sandbox.faults.set("quota-of-rules", route.key);
    await wentAndCameBack(
      "quota-of-groups",
      network,
      async () => (await quotas())["rulesPerListener"] === 1 && (await quotas())["targetGroupsPerRegion"] !== 500,
      async () => (await quotas())["rulesPerListener"] === 10 && (await quotas())["targetGroupsPerRegion"] === 500,
    );
  });

  it("group-in-use: a new rule is refused, and made when it is over", async () => {
    const since = await now();
    sandbox.faults.set("group-in-use", route.key);
    await eventually("the fault is in force", async () =>
      JSON.stringify(await route.door.ask("faults")).includes("group-in-use") ? true : null,
    );
    await route.applyRoute("/v2/", "/");
    await eventually("a 409", async () => ((await answered(409, { caller: management, since })) ? true : null), waitMs);
    expect((await route.seen()).rules.length).toBeLessThan(2);
    sandbox.faults.clear();
    await eventually("both rules", async () => ((await route.seen()).rules.length === 2 ? true : null), waitMs);
    expect((await events()).some((one) => one.message?.includes("has been associated with other services"))).toBe(true);
    await route.applyRoute("/");
  });

  it("certificate-not-found: ACM holds none", async () => {
    const count = async () => (await route.door.region()).certificates.length;
    await wentAndCameBack(
      "certificate-not-found",
      network,
      async () => (await count()) === 0,
      async () => (await count()) === 2,
    );
  });
});

describe("faults of networks and services", () => {
  it("vpc-association-failed and vpc-association-missing", async () => {
    const is = (status: string | undefined) => async () => (await statusOfVpc()) === status;
    await wentAndCameBack("vpc-association-failed", provider.key, is("CREATE_FAILED"), is("ACTIVE"));
    await wentAndCameBack("vpc-association-missing", provider.key, is(undefined), is("ACTIVE"));
  });

  it("network-not-found: it comes back with its associations", async () => {
    const exists = async () => (await route.door.region()).networks.some((one) => one.name === "net-prod");
    await wentAndCameBack(
      "network-not-found",
      network,
      async () => !(await exists()),
      async () => (await statusOfVpc()) === "ACTIVE",
    );
  });

  it("service-failed and association-failed", async () => {
    const service = (status: string) => async () => (await route.seen()).service?.status === status;
    await wentAndCameBack("service-failed", route.key, service("CREATE_FAILED"), service("ACTIVE"));
    const association = (status: string) => async () => (await route.seen()).association?.status === status;
    await wentAndCameBack("association-failed", route.key, association("CREATE_FAILED"), association("ACTIVE"));
  });

  it("association-missing: nobody can put it back until it is over", async () => {
    await wentAndCameBack(
      "association-missing",
      route.key,
      async () => (await route.seen()).association === null,
      async () => (await route.seen()).association?.status === "ACTIVE",
    );
  });

  it("policy-not-taken: the service stands open while its policy says Accepted", async () => {
    const authType = (wanted: string) => async () => (await route.seen()).service?.authType === wanted;
    await wentAndCameBack("policy-not-taken", route.key, authType("NONE"), authType("AWS_IAM"));
    const policy = await sandbox.admin.get(resources.iamAuthPolicy, route.ref);
    expect(JSON.stringify(policy["status"])).toContain('"reason":"Accepted"');
  });

  it("name-conflict: the name belongs to another controller's service", async () => {
    const taken = async () => (await route.door.region()).services.find((one) => one.name === "taken");
    await wentAndCameBack(
      "name-conflict",
      `${tenant.namespace}/taken`,
      async () => Object.values((await taken())?.tags ?? {}).some((value) => value.includes("another-cluster")),
      async () => (await taken()) === undefined,
    );
  });

  it("rules-drifted: the object still says what Lattice no longer does", async () => {
    const drifted = async () => JSON.stringify((await route.seen()).rules).includes("/changed-in-the-console");
    await wentAndCameBack("rules-drifted", route.key, drifted, async () => !(await drifted()));
  });

  it("service-recreated: another domain", async () => {
    const before = (await route.seen()).service?.domainName;
    sandbox.faults.set("service-recreated", route.key);
    const after = await eventually("it is there again", async () => {
      const { service, association } = await route.seen();
      return service && service.domainName !== before && association?.status === "ACTIVE" ? service.domainName : null;
    });
    expect(after).not.toBe(before);
  });
});

describe("faults of controllers and objects", () => {
  const halts: [FaultName, () => string, () => string][] = [
    ["controller-stopped", () => network, () => management],
    ["export-late", () => provider.key, () => `controller/${provider.key}`],
  ];
  it.each(halts)("%s: it calls nobody any more", async (name, target, caller) => {
    const silent = async (): Promise<boolean> => {
      const since = await now();
      await sleep(1_200);
      return (await route.door.calls({ caller: caller(), since })).calls.length === 0;
    };
    await wentAndCameBack(name, target(), silent, async () => !(await silent()));
  });

  it("events-dried-up: it works on in silence", async () => {
    sandbox.faults.set("events-dried-up", network);
    const counted = async () => (await events()).reduce((sum, one) => sum + (one.count ?? 1), 0);
    await sleep(2_500);
    const before = await counted();
    await route.applyRoute("/silent/");
    await eventually("the rule", async () => (JSON.stringify((await route.seen()).rules).includes("/silent/") ? true : null), waitMs);
    expect(await counted()).toBe(before);
    await route.applyRoute("/");
  });

  it("resync-off: drift is not repaired until it is over", async () => {
    sandbox.faults.set("resync-off", network);
    await sleep(2_500);
    sandbox.faults.set("rules-drifted", route.key);
    const drifted = async () => JSON.stringify((await route.seen()).rules).includes("/changed-in-the-console");
    await eventually("the drift", async () => ((await drifted()) ? true : null), waitMs);
    const since = await now();
    await sleep(6_500);
    const id = (await route.seen()).service?.id ?? "";
    const { calls } = await route.door.calls({ caller: management, access: "write", since });
    expect(calls.filter((call) => JSON.stringify(call).includes(id))).toEqual([]);
    sandbox.faults.clear();
    await eventually("it is repaired", async () => ((await drifted()) ? null : true), waitMs);
  });

  it("stale-addresses: Lattice keeps an address nobody has", async () => {
    const podIps = async () => {
      const Pod = z.looseObject({ status: z.looseObject({ podIP: z.string().optional() }).optional() });
      const { items } = await provider.client.list(resources.pod, {}, provider.space);
      return items.flatMap((item) => Pod.parse(item).status?.podIP ?? []).sort();
    };
    const same = async () => {
      const [ips, { targets }] = [await podIps(), await route.seen()];
      return ips.length === 2 && JSON.stringify(targets.map((one) => one.id).sort()) === JSON.stringify(ips);
    };
    await eventually("it begins in order", async () => ((await same()) ? true : null), waitMs);
    await wentAndCameBack("stale-addresses", provider.key, async () => (await podIps()).length === 2 && !(await same()), same);
  });

  it("export-deleted: the targets go, the object hangs, and all of it comes back", async () => {
    const ref = { namespace: provider.space, name: "web" };
    await wentAndCameBack(
      "export-deleted",
      route.key,
      async () =>
        (await route.seen()).targets.length === 0 &&
        (await provider.client.find(resources.serviceExport, ref))?.metadata.deletionTimestamp !== undefined,
      healthy,
    );
  });

  it("finalizer-hung: the route is not deleted until it is over", async () => {
    sandbox.faults.set("finalizer-hung", route.key);
    await eventually("the fault is in force", async () =>
      JSON.stringify(await route.door.ask("faults")).includes("finalizer-hung") ? true : null,
    );
    await sandbox.admin.delete(resources.httpRoute, route.ref);
    const since = await now();
    await eventually("a 409", async () => ((await answered(409, { caller: management, since })) ? true : null), waitMs);
    await expect(sandbox.admin.find(resources.httpRoute, route.ref)).resolves.toMatchObject({ metadata: { name: "web" } });
    sandbox.faults.clear();
    await eventually("the route is gone", async () => ((await sandbox.admin.find(resources.httpRoute, route.ref)) ? null : true), waitMs);
    await eventually("and its service", async () => ((await route.seen()).service === null ? true : null), waitMs);
  });
});
