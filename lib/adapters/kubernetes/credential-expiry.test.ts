import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { credentialExpiry } from "./credential-expiry.ts";

const base64url = (text: string) => Buffer.from(text).toString("base64url");
const token = (text: string) => ({ type: "token", token: text }) as const;

it("reads the end that a token claims", () => {
  const claims = base64url(JSON.stringify({ exp: Date.UTC(2026, 10, 22, 12) / 1000 }));
  expect(credentialExpiry(token(`x.${claims}.y`))).toEqual(new Date("2026-11-22T12:00:00Z"));
});

it("counts a quarter of an hour from the date of a presigned EKS token", () => {
  const url = "https://sts.ap-northeast-1.amazonaws.com/?Action=GetCallerIdentity&X-Amz-Date=20261122T120000Z&X-Amz-Expires=60";
  expect(credentialExpiry(token(`k8s-aws-v1.${base64url(url)}`))).toEqual(new Date("2026-11-22T12:15:00Z"));
});

it("reads the end of a certificate", () => {
  const pem = readFileSync(fileURLToPath(new URL("./testdata/tenant-server.crt", import.meta.url)));
  const end = credentialExpiry({ type: "certificate", certificateData: pem.toString("base64"), keyData: "" });
  expect(end?.getTime()).toBeGreaterThan(Date.UTC(2100, 0, 1));
});

it.each([
  "opaque",
  "a.b.c",
  "..",
  `x.${base64url("[]")}.y`,
  `x.${base64url('{"exp":"soon"}')}.y`,
  "k8s-aws-v1.",
  `k8s-aws-v1.${base64url("x")}`,
])("does not know when %s ends", (text) => {
  expect(credentialExpiry(token(text))).toBeNull();
});
