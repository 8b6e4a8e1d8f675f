import { paginateGetResources } from "@aws-sdk/client-resource-groups-tagging-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { account, readRole, region, type TestEmulator, testEmulator } from "../testing/test-emulator.ts";
import { testResources } from "../testing/test-resources.ts";

let emulator: TestEmulator;
beforeEach(async () => {
  emulator = await testEmulator();
});
afterEach(() => emulator.stop());

describe("tags", () => {
  it("are read, added and removed by ARN, several keys at once", async () => {
    const lattice = emulator.lattice();
    const { arn } = await lattice.createService({ name: "orders", tags: { team: "payments", stage: "prod" } });
    await lattice.tagResource({ resourceArn: arn, tags: { stage: "test", owner: "a" } });
    expect((await lattice.listTagsForResource({ resourceArn: arn })).tags).toEqual({ team: "payments", stage: "test", owner: "a" });
    await lattice.untagResource({ resourceArn: arn, tagKeys: ["stage", "owner"] });
    expect((await lattice.listTagsForResource({ resourceArn: arn })).tags).toEqual({ team: "payments" });
    await lattice.untagResource({ resourceArn: arn, tagKeys: ["team"] });
    expect((await lattice.listTagsForResource({ resourceArn: arn })).tags).toEqual({});
    await expect(lattice.listTagsForResource({ resourceArn: `${arn ?? ""}0` })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await expect(lattice.tagResource({ resourceArn: arn, tags: { "aws:x": "y" } })).rejects.toMatchObject({ name: "ValidationException" });
  });

  it("find resources by type, by all keys and any of their values, on the state of now", async () => {
    const lattice = emulator.lattice();
    const group = (name: string, tags: Record<string, string>) =>
      lattice.createTargetGroup({ name, type: "IP", config: { port: 80, protocol: "HTTP", vpcIdentifier: "vpc-0a1b2c3d4e5f60718" }, tags });
    const a = await group("group-a", { cluster: "checkout", service: "orders" });
    const b = await group("group-b", { cluster: "storefront", service: "cart" });
    const { arn: service } = await lattice.createService({ name: "orders", tags: { cluster: "checkout" } });
    await group("untagged", {});
    const find = async (input: object) =>
      (await emulator.tagging().getResources(input)).ResourceTagMappingList?.map((one) => one.ResourceARN);
    expect(await find({})).toEqual([a.arn, b.arn, service]);
    expect(await find({ ResourceTypeFilters: ["vpc-lattice:targetgroup"] })).toEqual([a.arn, b.arn]);
    expect(await find({ ResourceTypeFilters: ["vpc-lattice:service"], TagFilters: [{ Key: "cluster" }] })).toEqual([service]);
    const both = {
      TagFilters: [
        { Key: "cluster", Values: ["checkout", "storefront"] },
        { Key: "service", Values: ["cart"] },
      ],
    };
    expect(await find(both)).toEqual([b.arn]);
    expect(await find({ ResourceARNList: [service, "arn:aws:vpc-lattice:x:1:service/none"] })).toEqual([service]);
    await emulator.tagging().untagResources({ ResourceARNList: [b.arn ?? ""], TagKeys: ["service"] });
    const tagged = await emulator.tagging().tagResources({ ResourceARNList: [a.arn ?? "", "arn:aws:none"], Tags: { service: "cart" } });
    expect(Object.keys(tagged.FailedResourcesMap ?? {})).toEqual(["arn:aws:none"]);
    expect(await find(both)).toEqual([a.arn]);
    await lattice.deleteTargetGroup({ targetGroupIdentifier: a.id });
    emulator.pass(60_000);
    expect(await find(both)).toEqual([]);
    await expect(find({ ResourceARNList: [service], TagFilters: [{ Key: "x" }] })).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  it("page through the SDK's paginator", async () => {
    for (let number = 0; number < 5; number++)
      await emulator.lattice().createService({ name: `service-${number}`, tags: { n: String(number) } });
    const pages: number[] = [];
    for await (const page of paginateGetResources({ client: emulator.tagging(), pageSize: 2 }, { TagFilters: [{ Key: "n" }] }))
      pages.push(page.ResourceTagMappingList?.length ?? 0);
    expect(pages).toEqual([2, 2, 1]);
    await expect(emulator.tagging().getResources({ PaginationToken: "x" })).rejects.toMatchObject({
      name: "PaginationTokenExpiredException",
    });
  });

  it("of a listener and its rules go with it", async () => {
    const { service, listener } = await testResources(emulator).route();
    const { arn } = await emulator.lattice().getListener({ serviceIdentifier: service, listenerIdentifier: listener });
    expect((await emulator.lattice().listTagsForResource({ resourceArn: arn })).tags).toEqual({});
    await emulator.lattice().deleteListener({ serviceIdentifier: service, listenerIdentifier: listener });
    await expect(emulator.lattice().listTagsForResource({ resourceArn: arn })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("roles", () => {
  const assume = (more: object = {}) =>
    emulator.sts().assumeRole({ RoleArn: readRole.arn, RoleSessionName: "trellis", ExternalId: readRole.externalId ?? "", ...more });
  const portal = async (more: object = {}) => {
    const { Credentials } = await assume(more);
    const keys = { accessKeyId: Credentials?.AccessKeyId ?? "", secretAccessKey: Credentials?.SecretAccessKey ?? "" };
    return { keys, sessionToken: Credentials?.SessionToken ?? "", expires: Credentials?.Expiration };
  };

  it("give credentials of the role's account that read and do not write", async () => {
    await testResources(emulator).service();
    const { keys, sessionToken, expires } = await portal();
    expect(keys.accessKeyId).toMatch(new RegExp(`^ASIA${account}TRELLISLATTICEREAD[0-9A-F]{12}$`));
    expect(expires).toEqual(new Date("2026-11-22T13:01:00.000Z"));
    const lattice = emulator.latticeWith({ ...keys, sessionToken });
    expect((await lattice.listServices({})).items?.map((one) => one.name)).toEqual(["orders"]);
    await expect(lattice.createService({ name: "ledger" })).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: `User: arn:aws:sts::${account}:assumed-role/trellis-lattice-read/trellis is not authorized to perform: vpc-lattice:CreateService`,
    });
    expect(emulator.control.calls({ limit: 1 }).calls).toMatchObject([{ caller: "portal-reader", account, region }]);
  });

  it("are refused with another external id, without one, when unknown, and to those they do not trust", async () => {
    const refusal = { name: "AccessDenied", $metadata: { httpStatusCode: 403 } };
    await expect(assume({ ExternalId: "another" })).rejects.toMatchObject(refusal);
    await expect(assume({ ExternalId: undefined })).rejects.toMatchObject(refusal);
    await expect(assume({ RoleArn: `arn:aws:iam::${account}:role/none` })).rejects.toMatchObject(refusal);
    emulator.control.putRole({ ...readRole, trusted: ["somebody"] });
    await expect(assume()).rejects.toMatchObject(refusal);
    emulator.control.putRole({ ...readRole, trusted: ["portal"] });
    await assume();
  });

  it("expire, and are worth nothing without their session token", async () => {
    const { keys, sessionToken } = await portal({ DurationSeconds: 900 });
    const unknown = { name: "UnrecognizedClientException" };
    await expect(emulator.latticeWith(keys).listServices({})).rejects.toMatchObject(unknown);
    await expect(emulator.latticeWith({ ...keys, sessionToken: "x" }).listServices({})).rejects.toMatchObject(unknown);
    await emulator.latticeWith({ ...keys, sessionToken }).listServices({});
    emulator.pass(900_000);
    await expect(emulator.latticeWith({ ...keys, sessionToken }).listServices({})).rejects.toMatchObject({ name: "ExpiredTokenException" });
  });

  it("tell who one is", async () => {
    expect(await emulator.sts("AKIAMGMT").getCallerIdentity({})).toMatchObject({
      Account: account,
      Arn: `arn:aws:iam::${account}:user/mgmt-local`,
    });
    await expect(emulator.sts("AKIANOBODY").getCallerIdentity({})).rejects.toMatchObject({ name: "InvalidClientTokenId" });
  });
});

describe("certificates", () => {
  it("are listed as ACM lists them to a client that signs for it", async () => {
    const certificates = ["a", "b"].map((name) => ({
      arn: `arn:aws:acm:${region}:${account}:certificate/${name}`,
      domainName: `${name}.example.com`,
      alternativeNames: [`www.${name}.example.com`],
      status: "ISSUED",
    }));
    emulator.control.setCertificates({ account, region, certificates });
    const list = async (body: object): Promise<unknown> => {
      const response = await fetch(emulator.url, {
        method: "POST",
        headers: {
          "x-amz-target": "CertificateManager.ListCertificates",
          "content-type": "application/x-amz-json-1.1",
          authorization: `AWS4-HMAC-SHA256 Credential=AKIAMGMT/20261122/${region}/acm/aws4_request, SignedHeaders=host, Signature=00`,
        },
        body: JSON.stringify(body),
      });
      return response.json();
    };
    const first = await list({ MaxItems: 1 });
    expect(first).toMatchObject({
      CertificateSummaryList: [
        {
          CertificateArn: certificates[0]?.arn,
          DomainName: "a.example.com",
          SubjectAlternativeNameSummaries: ["a.example.com", "www.a.example.com"],
        },
      ],
    });
    const { NextToken } = z.object({ NextToken: z.string() }).parse(first);
    expect(await list({ NextToken })).toMatchObject({ CertificateSummaryList: [{ DomainName: "b.example.com" }] });
  });
});
