import { type CallExample, exampleUrl } from "./directory-example.ts";
import { literal, shellWord } from "./directory-quote.ts";

const SERVICE = "vpc-lattice-svcs";
const UNSIGNED = "UNSIGNED-PAYLOAD";
const PAYLOAD_HEADER = "x-amz-content-sha256";

function lines(...parts: readonly (string | readonly string[])[]): string {
  return parts.flat().join("\n");
}

export function curlSnippet(example: CallExample): string {
  const { region, method, headers } = example;
  const signed =
    region === null
      ? []
      : [
          `--aws-sigv4 ${shellWord(`aws:amz:${region}:${SERVICE}`)}`,
          '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
          '-H "x-amz-security-token: $AWS_SESSION_TOKEN"',
          `-H ${shellWord(`${PAYLOAD_HEADER}: ${UNSIGNED}`)}`,
        ];
  const words = [
    ...(method === "GET" ? [] : [method === "HEAD" ? "--head" : `-X ${method}`]),
    ...signed,
    ...headers.map(({ name, value }) => `-H ${shellWord(`${name}: ${value}`)}`),
    shellWord(exampleUrl(example)),
  ];
  return words.length === 1 ? `curl ${words[0]}` : ["curl", ...words].join(" \\\n  ");
}

/** Members of an object literal: the headers of the rule, and those of the signature. */
function members(example: CallExample, more: readonly (readonly [string, string])[]): string {
  const own = example.headers.map(({ name, value }) => [literal(name), literal(value)] as const);
  return [...more, ...own].map(([name, value]) => `${name}: ${value}`).join(", ");
}

export function typescriptSnippet(example: CallExample): string {
  const { region, method, headers } = example;
  const url = literal(exampleUrl(example));
  if (region === null) {
    const options = [
      ...(method === "GET" ? [] : [`method: ${literal(method)}`]),
      ...(headers.length === 0 ? [] : [`headers: { ${members(example, [])} }`]),
    ];
    return lines(
      `const response = await fetch(${url}${options.length === 0 ? "" : `, { ${options.join(", ")} }`});`,
      "console.log(response.status, await response.text());",
    );
  }
  return lines(
    'import { Sha256 } from "@aws-crypto/sha256-js";',
    'import { defaultProvider } from "@aws-sdk/credential-provider-node";',
    'import { HttpRequest } from "@smithy/protocol-http";',
    'import { SignatureV4 } from "@smithy/signature-v4";',
    "",
    `const url = new URL(${url});`,
    "const signer = new SignatureV4({",
    `  service: ${literal(SERVICE)},`,
    `  region: ${literal(region)},`,
    "  credentials: defaultProvider(),",
    "  sha256: Sha256,",
    "});",
    "const signed = await signer.sign(",
    "  new HttpRequest({",
    `    method: ${literal(method)},`,
    "    protocol: url.protocol,",
    "    hostname: url.hostname,",
    "    path: url.pathname,",
    `    headers: { host: url.host, ${members(example, [[literal(PAYLOAD_HEADER), literal(UNSIGNED)]])} },`,
    "  }),",
    ");",
    "const response = await fetch(url, { method: signed.method, headers: signed.headers });",
    "console.log(response.status, await response.text());",
  );
}

export function pythonSnippet(example: CallExample): string {
  const { region, method, headers } = example;
  const url = literal(exampleUrl(example));
  if (region === null)
    return lines(
      "import requests",
      "",
      `response = requests.request(${literal(method)}, ${url}${headers.length === 0 ? "" : `, headers={${members(example, [])}}`}, timeout=10)`,
      "print(response.status_code, response.text)",
    );
  return lines(
    "import boto3",
    "import requests",
    "from botocore.auth import SigV4Auth",
    "from botocore.awsrequest import AWSRequest",
    "",
    "request = AWSRequest(",
    `    method=${literal(method)},`,
    `    url=${url},`,
    `    headers={${members(example, [[literal(PAYLOAD_HEADER), literal(UNSIGNED)]])}},`,
    ")",
    "credentials = boto3.Session().get_credentials()",
    `SigV4Auth(credentials, ${literal(SERVICE)}, ${literal(region)}).add_auth(request)`,
    "response = requests.request(request.method, request.url, headers=dict(request.headers), timeout=10)",
    "print(response.status_code, response.text)",
  );
}

export function goSnippet(example: CallExample): string {
  const { region, method, headers } = example;
  const set = headers.map(({ name, value }) => `\treq.Header.Set(${literal(name)}, ${literal(value)})`);
  const send = [
    "\tres, err := http.DefaultClient.Do(req)",
    "\tif err != nil {",
    "\t\tlog.Fatal(err)",
    "\t}",
    "\tdefer res.Body.Close()",
    "\tlog.Println(res.Status)",
    "}",
  ];
  const request = [
    `\treq, err := http.NewRequest(${literal(method)}, ${literal(exampleUrl(example))}, nil)`,
    "\tif err != nil {",
    "\t\tlog.Fatal(err)",
    "\t}",
    ...set,
  ];
  if (region === null) return lines("package main", "", "import (", '\t"log"', '\t"net/http"', ")", "", "func main() {", request, send);
  return lines(
    ["package main", "", "import (", '\t"context"', '\t"log"', '\t"net/http"', '\t"time"', ""],
    ['\tv4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"', '\t"github.com/aws/aws-sdk-go-v2/config"', ")", ""],
    [
      "func main() {",
      "\tctx := context.Background()",
      `\tcfg, err := config.LoadDefaultConfig(ctx, config.WithRegion(${literal(region)}))`,
    ],
    ["\tif err != nil {", "\t\tlog.Fatal(err)", "\t}", "\tcredentials, err := cfg.Credentials.Retrieve(ctx)"],
    ["\tif err != nil {", "\t\tlog.Fatal(err)", "\t}"],
    request,
    `\treq.Header.Set(${literal(PAYLOAD_HEADER)}, ${literal(UNSIGNED)})`,
    `\terr = v4.NewSigner().SignHTTP(ctx, credentials, req, ${literal(UNSIGNED)}, ${literal(SERVICE)}, ${literal(region)}, time.Now())`,
    ["\tif err != nil {", "\t\tlog.Fatal(err)", "\t}"],
    send,
  );
}

export function javaSnippet(example: CallExample): string {
  const { region, method, headers } = example;
  const uri = `URI.create(${literal(exampleUrl(example))})`;
  if (region === null)
    return lines(
      "import java.net.URI;",
      "import java.net.http.HttpClient;",
      "import java.net.http.HttpRequest;",
      "import java.net.http.HttpResponse;",
      "",
      "class Call {",
      "    public static void main(String[] args) throws Exception {",
      `        var request = HttpRequest.newBuilder(${uri})`,
      `            .method(${literal(method)}, HttpRequest.BodyPublishers.noBody())`,
      headers.map(({ name, value }) => `            .header(${literal(name)}, ${literal(value)})`),
      "            .build();",
      "        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());",
      '        System.out.println(response.statusCode() + " " + response.body());',
      "    }",
      "}",
    );
  return lines(
    ["import java.net.URI;", "import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;"],
    ["import software.amazon.awssdk.http.HttpExecuteRequest;", "import software.amazon.awssdk.http.SdkHttpMethod;"],
    ["import software.amazon.awssdk.http.SdkHttpRequest;", "import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;"],
    ["import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;", "", "class Call {"],
    "    public static void main(String[] args) throws Exception {",
    "        var request = SdkHttpRequest.builder()",
    `            .method(SdkHttpMethod.fromValue(${literal(method)}))`,
    `            .uri(${uri})`,
    `            .putHeader(${literal(PAYLOAD_HEADER)}, ${literal(UNSIGNED)})`,
    headers.map(({ name, value }) => `            .putHeader(${literal(name)}, ${literal(value)})`),
    "            .build();",
    "        var credentials = DefaultCredentialsProvider.create().resolveCredentials();",
    "        var signed = AwsV4HttpSigner.create().sign(call -> call",
    "            .identity(credentials)",
    "            .request(request)",
    `            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, ${literal(SERVICE)})`,
    `            .putProperty(AwsV4HttpSigner.REGION_NAME, ${literal(region)})`,
    "            .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false));",
    "        try (var client = UrlConnectionHttpClient.create()) {",
    "            var call = HttpExecuteRequest.builder().request(signed.request()).build();",
    "            System.out.println(client.prepareRequest(call).call().httpResponse().statusCode());",
    "        }",
    "    }",
    "}",
  );
}
