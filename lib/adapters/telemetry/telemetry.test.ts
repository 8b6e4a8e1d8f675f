import { describe, expect, it } from "vitest";
import { PortalError } from "../../domain/portal-error.ts";
import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";

const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ";

function logged(fields: Record<string, unknown>): string {
  const lines: string[] = [];
  createLog({ level: "debug", write: (line) => void lines.push(line) }).info("test", fields);
  return lines.join("");
}

describe("the log", () => {
  it.each([
    ["a key that names a secret", { headers: { authorization: "canary-1" } }],
    ["a cookie", { cookie: "session=canary-1" }],
    ["a kubeconfig", { kubeconfig: { users: ["canary-1"] } }],
    ["a client secret", { clientSecret: "canary-1" }],
    ["a bearer token in a sentence", { reason: "refused: Bearer canary-1-canary-1 was wrong" }],
    ["a JWT in an error", { error: new Error(`bad token ${JWT.replace("c2lnbmF0dXJl", "canary-1xx")}`) }],
    ["a JWT in an error's cause", { error: new Error("x", { cause: new Error(JWT.replace("c2lnbmF0dXJl", "canary-1xx")) }) }],
    ["a presigned URL", { url: "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&X-Amz-Signature=canary-1" }],
    ["an EKS token", { text: "k8s-aws-v1.canary-1" }],
    ["a password in a URL", { reason: "connect postgres://trellis:canary-1@db:5432/x failed" }],
    ["a private key", { pem: "-----BEGIN RSA PRIVATE KEY-----\ncanary-1\n-----END RSA PRIVATE KEY-----" }],
    ["a request that hangs on an error", { error: Object.assign(new Error("x"), { request: { body: "canary-1" } }) }],
    ["a secret deep inside", { a: { b: [{ c: { password: "canary-1" } }] } }],
  ])("keeps %s out", (_, fields) => {
    const line = logged(fields);
    expect(line).not.toContain("canary-1");
    expect(JSON.parse(line)).toMatchObject({ level: "info", event: "test" });
  });

  it("keeps what was refused, where and in whose words", () => {
    const fields = [{ path: "input.name", key: "requests.dryRunField", values: { object: "Namespace/a" }, raw: "exceeded quota" }];
    const error = new PortalError("PRECONDITION", "requests.dryRunRefused", { count: 1 }, { fields, raw: `said Bearer ${JWT}` });
    expect(JSON.parse(logged({ error }))).toMatchObject({
      error: { key: "requests.dryRunRefused", values: { count: 1 }, fields, raw: "said Bearer [redacted]" },
    });
  });

  it("keeps what explains a failure: code, key, stack and cause", () => {
    const line: unknown = JSON.parse(
      logged({
        error: new PortalError("CONFLICT", "database.taken", {}, { cause: new Error("23505") }),
        sessionTokenId: "t-1",
        tokenCount: 2,
      }),
    );
    expect(line).toMatchObject({
      error: { name: "PortalError", code: "CONFLICT", key: "database.taken", cause: { message: "23505" } },
      sessionTokenId: "t-1",
      tokenCount: 2,
    });
  });

  it("survives values that no JSON holds", () => {
    const circular: Record<string, unknown> = { size: 12n, at: new Date(Number.NaN), run: () => 1, bytes: new Uint8Array(3) };
    circular["self"] = circular;
    expect(JSON.parse(logged({ circular, level: "mine" }))).toMatchObject({
      circular: { size: "12", at: "[invalid date]", run: "[function]", bytes: "[3 bytes]" },
      field_level: "mine",
      level: "info",
    });
  });
});

describe("the metrics", () => {
  it("renders counters, gauges and histograms with their labels", async () => {
    const metrics = createMetrics();
    metrics.count("trellis_commands_total", { command: "approve", outcome: "ok" });
    metrics.count("trellis_commands_total", { command: "approve", outcome: "ok" }, 2);
    metrics.gauge("trellis_streams", 4);
    metrics.observe("trellis_queries_seconds", 0.02, { query: "listClusters" });
    const text = await metrics.render();
    expect(text).toContain('trellis_commands_total{command="approve",outcome="ok"} 3');
    expect(text).toContain("trellis_streams 4");
    expect(text).toContain('trellis_queries_seconds_bucket{le="0.025",query="listClusters"} 1');
    expect(text).toContain("process_resident_memory_bytes");
  });

  it("never fails a use case over an unknown label, and two registries stand side by side", async () => {
    const [one, two] = [createMetrics(), createMetrics()];
    one.count("trellis_commands_total", { surprise: "x", command: "a" });
    expect(await one.render()).toContain('trellis_commands_total{command="a",outcome=""} 1');
    expect(await two.render()).not.toContain('command="a"');
  });
});
