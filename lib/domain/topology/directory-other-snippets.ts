import type { CallExample } from "./directory-example.ts";
import { literal, shellWord } from "./directory-quote.ts";

const ANY_METHOD = "package.Service/Method";

export function grpcurlSnippet({ host, port, headers, grpcMethod }: CallExample): string {
  const words = [
    ...headers.map(({ name, value }) => `-H ${shellWord(`${name}: ${value}`)}`),
    `-d ${shellWord("{}")}`,
    shellWord(`${host}:${port}`),
    shellWord(grpcMethod ?? ANY_METHOD),
  ];
  return ["grpcurl", ...words].join(" \\\n  ");
}

/** The signature of a gRPC call is that of its HTTP/2 request: a POST to the method's path. */
export function grpcPythonSnippet({ host, port, region, headers }: CallExample): string {
  const target = literal(`${host}:${port}`);
  const metadata = headers.map(({ name, value }) => `(${literal(name.toLowerCase())}, ${literal(value)})`).join(", ");
  const note = metadata === "" ? [] : [`metadata = [${metadata}]  # pass it with each call`];
  if (region === null)
    return [
      "import grpc",
      "",
      `channel = grpc.secure_channel(${target}, grpc.ssl_channel_credentials())`,
      ...note,
      "# stub = YourServiceStub(channel), from the owner's .proto",
    ].join("\n");
  return [
    "import boto3",
    "import grpc",
    "from botocore.auth import SigV4Auth",
    "from botocore.awsrequest import AWSRequest",
    "",
    "session = boto3.Session()",
    "",
    "",
    "def sign(context, callback):",
    '    url = f"{context.service_url}/{context.method_name}"',
    '    request = AWSRequest("POST", url, headers={"x-amz-content-sha256": "UNSIGNED-PAYLOAD"})',
    `    SigV4Auth(session.get_credentials(), "vpc-lattice-svcs", ${literal(region)}).add_auth(request)`,
    "    callback(tuple((name.lower(), value) for name, value in request.headers.items()), None)",
    "",
    "",
    "credentials = grpc.composite_channel_credentials(grpc.ssl_channel_credentials(), grpc.metadata_call_credentials(sign))",
    `channel = grpc.secure_channel(${target}, credentials)`,
    ...note,
    "# stub = YourServiceStub(channel), from the owner's .proto",
  ].join("\n");
}

export function opensslSnippet({ host, port }: CallExample): string {
  return `openssl s_client -connect ${shellWord(`${host}:${port}`)} -servername ${shellWord(host)}`;
}

export function tlsPythonSnippet({ host, port }: CallExample): string {
  return [
    "import socket",
    "import ssl",
    "",
    "context = ssl.create_default_context()",
    "# The service shows its own certificate: load its authority when it is not a public one.",
    '# context.load_verify_locations("ca.pem")',
    `with socket.create_connection((${literal(host)}, ${port}), timeout=10) as plain:`,
    `    with context.wrap_socket(plain, server_hostname=${literal(host)}) as connection:`,
    "        print(connection.version(), connection.getpeercert())",
  ].join("\n");
}
