import { X509Certificate } from "node:crypto";
import { z } from "zod";
import type { TenantCredential } from "./strict-kubeconfig.ts";

const Claims = z.object({ exp: z.number().positive() });
/** How long EKS accepts a presigned token, counted from its date; the shorter `X-Amz-Expires` inside is about something else. */
const EKS_TOKEN_MS = 15 * 60_000;

/** When a credential ends, as it says itself; null when it does not say. Decides only how long it may be kept, never whether it is good. */
export function credentialExpiry(credential: TenantCredential): Date | null {
  if (credential.type === "certificate") return certificateEnd(credential.certificateData);
  const [prefix, presigned] = credential.token.split(".", 2);
  if (prefix === "k8s-aws-v1" && presigned !== undefined) return presignedEnd(presigned);
  return claimedEnd(credential.token);
}

function certificateEnd(certificateData: string): Date | null {
  return validDate(new X509Certificate(Buffer.from(certificateData, "base64")).validTo);
}

function presignedEnd(presigned: string): Date | null {
  const date = URL.parse(Buffer.from(presigned, "base64url").toString("utf8"))?.searchParams.get("X-Amz-Date") ?? "";
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(date);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const start = validDate(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return start && new Date(start.getTime() + EKS_TOKEN_MS);
}

function claimedEnd(token: string): Date | null {
  const claims = Claims.safeParse(parseJson(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")));
  return claims.success ? validDate(claims.data.exp * 1000) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function validDate(value: string | number): Date | null {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? null : date;
}
