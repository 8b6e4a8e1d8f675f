import { describe, expect, it } from "vitest";
import type { CallFacts } from "../routes/how-to-call.ts";
import type { RouteMatch } from "../routes/route-input.ts";
import { callExample } from "./directory-example.ts";
import { callSnippets } from "./directory-snippets.ts";

const HOST = "payments-orders-0a1b.7d67968.vpc-lattice-svcs.ap-northeast-1.on.aws";
const facts = (more: Partial<CallFacts> = {}): CallFacts => ({
  protocol: "http",
  host: HOST,
  scheme: "https",
  port: 443,
  ownDomain: false,
  networks: ["net-prod"],
  region: "ap-northeast-1",
  signing: "all",
  ...more,
});
const MATCH: RouteMatch = { path: { type: "prefix", value: "/v1/" }, method: "POST", headers: [{ name: "x-canary", value: "true" }] };

function snippetsOf(of: CallFacts, match: RouteMatch | null = MATCH) {
  const example = callExample(of, match);
  return example === null ? [] : callSnippets(of.protocol, example);
}

describe("snippets", () => {
  it.each(snippetsOf(facts()))("signs without the payload for the service's Region: $id", ({ code }) => {
    expect(code).toContain("UNSIGNED-PAYLOAD");
    expect(code).toContain("vpc-lattice-svcs");
    expect(code).toContain("ap-northeast-1");
    expect(code).toContain(`https://${HOST}/v1/`);
    expect(code).toContain("POST");
    expect(code).toContain("x-canary");
  });

  it.each(snippetsOf(facts({ signing: "none", scheme: "http", port: 8080 })))(
    "does not sign where no signature is needed: $id",
    ({ code }) => {
      expect(code).toContain(`http://${HOST}:8080/v1/`);
      expect(code).not.toMatch(/sigv4|UNSIGNED|x-amz|aws-sdk|boto|awssdk/i);
    },
  );

  it("has every language for HTTP and what fits for the others", () => {
    const ids = (more: Partial<CallFacts>) => snippetsOf(facts(more)).map(({ id }) => id);
    expect(ids({})).toEqual(["curl", "typescript", "python", "go", "java"]);
    expect(ids({ protocol: "grpc", signing: "none" })).toEqual(["grpcurl", "python"]);
    expect(ids({ protocol: "grpc" })).toEqual(["python"]);
    expect(ids({ protocol: "tls", signing: "none" })).toEqual(["openssl", "python"]);
    expect(ids({ host: null })).toEqual([]);
    expect(ids({ region: null })).toEqual([]);
  });

  it("calls the gRPC method that the first rule takes", () => {
    const match: RouteMatch = { headers: [], grpc: { service: "shop.Cart", method: "Add" } };
    const [grpcurl] = snippetsOf(facts({ protocol: "grpc", signing: "none" }), match);
    expect(grpcurl?.code).toContain(`'${HOST}:443'`);
    expect(grpcurl?.code).toContain("'shop.Cart/Add'");
  });

  it("lets no name leave its literal", () => {
    const match: RouteMatch = {
      path: { type: "exact", value: `//evil"; rm -rf ~ #'$(id)\`\n\\u0022\u2028` },
      headers: [
        { name: "x-a", value: `"; drop '$(id)' \\` },
        { name: "x-b\r\nx-c", value: "1" },
        { name: "x-d", value: "line\nbreak" },
      ],
      grpc: { service: "$(id)", method: "'" },
    };
    for (const protocol of ["http", "grpc"] as const)
      for (const signing of ["all", "none"] as const)
        for (const { id, code } of snippetsOf(facts({ protocol, signing }), match)) {
          expect(code).not.toMatch(/x-b|x-d|\u2028|rm -rf|#'/);
          if (id === "curl" || id === "grpcurl") expect(code).toContain(`'x-a: "; drop '\\''$(id)'\\'' \\'`);
          else expect(code).toContain(`"\\"; drop '$(id)' \\\\"`);
        }
    const [curl] = snippetsOf(facts({ signing: "none" }), match);
    expect(curl?.code).toContain(`'https://${HOST}/evil%22;%20rm%20-rf%20~%20%23%27%24%28id%29%60%0A%5Cu0022%E2%80%A8'`);
  });
});
