import { createHash, createHmac } from "node:crypto";
import { request } from "undici";
import { z } from "zod";

const Certificates = z.looseObject({
  CertificateSummaryList: z
    .array(
      z.looseObject({
        CertificateArn: z.string(),
        DomainName: z.string().optional(),
        SubjectAlternativeNameSummaries: z.array(z.string()).optional(),
        Status: z.string().optional(),
        IssuedAt: z.union([z.number(), z.string()]).optional(),
      }),
    )
    .optional(),
});
export type CertificateSummary = NonNullable<z.infer<typeof Certificates>["CertificateSummaryList"]>[number];
const Failure = z.looseObject({ __type: z.string().optional(), message: z.string().optional() });
const target = "CertificateManager.ListCertificates";

/** ACM's list of issued certificates: the one call for which no SDK client is installed, signed here (Signature Version 4). */
export async function listCertificates(options: {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  signal: AbortSignal;
}): Promise<CertificateSummary[]> {
  const body = JSON.stringify({ CertificateStatuses: ["ISSUED"] });
  const response = await request(options.endpoint, {
    method: "POST",
    signal: options.signal,
    headers: { ...signedHeaders(options, body, new Date()), "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
    body,
  });
  const text = await response.body.text();
  if (response.statusCode < 300) return Certificates.parse(JSON.parse(text)).CertificateSummaryList ?? [];
  const failure = text.startsWith("{") ? Failure.parse(JSON.parse(text)) : {};
  const header = response.headers["x-amzn-errortype"];
  throw Object.assign(new Error(failure.message ?? text.slice(0, 200)), {
    name: (typeof header === "string" ? header : failure.__type) ?? "UnknownError",
    $metadata: { httpStatusCode: response.statusCode },
  });
}

function signedHeaders(
  { endpoint, region, accessKeyId, secretAccessKey }: { endpoint: string; region: string; accessKeyId: string; secretAccessKey: string },
  body: string,
  now: Date,
): Record<string, string> {
  const time = `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/acm/aws4_request`;
  const names = "content-type;host;x-amz-date;x-amz-target";
  const values = `content-type:application/x-amz-json-1.1\nhost:${new URL(endpoint).host}\nx-amz-date:${time}\nx-amz-target:${target}\n`;
  const canonical = ["POST", "/", "", values, names, sha256(body)].join("\n");
  const wanted = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = [day, region, "acm", "aws4_request"].reduce((secret: Buffer | string, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${hmac(key, wanted).toString("hex")}`;
  return { authorization, "x-amz-date": time };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
