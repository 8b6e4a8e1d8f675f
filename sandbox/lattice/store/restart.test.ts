import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { account, readRole, region, type TestEmulator, testEmulator, vpcId } from "../testing/test-emulator.ts";
import { testResources } from "../testing/test-resources.ts";

let emulator: TestEmulator;
afterEach(() => emulator.stop());

it("remembers everything over a restart, what is under way included", async () => {
  emulator = await testEmulator();
  const make = testResources(emulator);
  const network = await make.network();
  const { service, group } = await make.route();
  await make.association(service, network);
  const lattice = emulator.lattice();
  await lattice.createServiceNetworkVpcAssociation({ serviceNetworkIdentifier: network, vpcIdentifier: vpcId });
  await lattice.createAccessLogSubscription({ resourceIdentifier: service, destinationArn: "arn:aws:s3:::access-logs-of-orders" });
  await lattice.createService({ name: "half-made", tags: { team: "payments" }, clientToken: "token-1" });
  const leaving = await make.group("leaving-group");
  await lattice.deleteTargetGroup({ targetGroupIdentifier: leaving });
  emulator.control.setHealth({ ip: "10.2.0.1", status: "UNHEALTHY" });
  emulator.control.forceStatus({ kind: "vpc-association", match: vpcId, status: "UPDATE_FAILED" });
  const certificates = [
    { arn: `arn:aws:acm:${region}:${account}:certificate/1`, domainName: "*.example.com", alternativeNames: [], status: "ISSUED" },
  ];
  emulator.control.setCertificates({ account, region, certificates });
  const { Credentials } = await emulator
    .sts()
    .assumeRole({ RoleArn: readRole.arn, RoleSessionName: "trellis", ExternalId: readRole.externalId ?? "" });
  const before = emulator.control.describe({ account, region });

  await emulator.restart();
  expect(emulator.control.describe({ account, region })).toEqual(before);
  expect((await emulator.lattice().createService({ name: "half-made", tags: { team: "payments" }, clientToken: "token-1" })).status).toBe(
    "CREATE_IN_PROGRESS",
  );
  emulator.pass(120_000);
  expect((await emulator.lattice().listServices({})).items?.map((one) => one.status)).toEqual(["ACTIVE", "ACTIVE"]);
  expect((await emulator.lattice().listTargetGroups({})).items?.map((one) => one.id)).toEqual([group]);
  expect((await emulator.lattice().listTargets({ targetGroupIdentifier: group })).items?.[0]?.status).toBe("UNHEALTHY");
  const other = await testResources(emulator).route("ledger");
  const refused = testResources(emulator).rule(
    { serviceIdentifier: other.service, listenerIdentifier: other.listener },
    { priority: 2, groups: [[group, 1]] },
  );
  await expect(refused).rejects.toMatchObject({ name: "ConflictException" });
  const portal = emulator.latticeWith({
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: "not-checked",
    sessionToken: Credentials?.SessionToken ?? "",
  });
  expect((await portal.listServices({})).items).toHaveLength(3);
});

it("writes by itself a moment after a change, for nobody else to read", async () => {
  emulator = await testEmulator();
  await testResources(emulator).network();
  await expect.poll(() => existsSync(emulator.file), { timeout: 4_000 }).toBe(true);
  expect(statSync(emulator.file).mode & 0o777).toBe(0o600);
  expect(readFileSync(emulator.file, "utf8")).toContain("net-prod");
});

it("puts a file aside that it cannot read instead of writing over it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lattice-"));
  const file = join(folder, "lattice.json");
  writeFileSync(file, '{"version":0}');
  emulator = await testEmulator({ file });
  expect((await emulator.lattice().listServices({})).items).toEqual([]);
  expect(readFileSync(`${file}.unreadable`, "utf8")).toBe('{"version":0}');
  rmSync(folder, { recursive: true });
});
