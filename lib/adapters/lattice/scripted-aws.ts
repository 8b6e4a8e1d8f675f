import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type ScriptedCall = {
  readonly method: string;
  readonly path: string;
  readonly target: string | null;
  readonly body: string;
  readonly accessKey: string;
  readonly at: number;
};
export type ScriptedAnswer = {
  readonly status?: number;
  readonly body?: unknown;
  readonly error?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answers. */
  readonly silent?: boolean;
};

/** One loopback port that speaks the wire of STS, Lattice and the tagging API (lattice.md §10.4), saying what the test wants. */
export type ScriptedAws = {
  readonly endpoint: string;
  readonly calls: readonly ScriptedCall[];
  readonly assumed: readonly URLSearchParams[];
  close(): Promise<void>;
};

export async function startScriptedAws(
  answer: (call: ScriptedCall) => ScriptedAnswer,
  { sessionSeconds = 3_600, refuseRole = null }: { readonly sessionSeconds?: number; readonly refuseRole?: string | null } = {},
): Promise<ScriptedAws> {
  const calls: ScriptedCall[] = [];
  const assumed: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await read(request);
      if (request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true) {
        assumed.push(new URLSearchParams(body));
        if (refuseRole === null)
          return response.writeHead(200, { "content-type": "text/xml" }).end(session(assumed.length, sessionSeconds));
        return response.writeHead(403, { "content-type": "text/xml" }).end(stsError(refuseRole));
      }
      const { method = "", url = "", headers } = request;
      const target = headers["x-amz-target"];
      const accessKey = /Credential=([^/]+)/.exec(headers.authorization ?? "")?.[1] ?? "";
      const call: ScriptedCall = {
        method,
        path: url,
        target: typeof target === "string" ? target : null,
        body,
        accessKey,
        at: performance.now(),
      };
      calls.push(call);
      const said = answer(call);
      if (said.silent === true) return;
      const type = said.error === undefined ? {} : { "x-amzn-errortype": said.error };
      response.writeHead(said.status ?? 200, { "content-type": "application/json", ...type, ...said.headers });
      response.end(JSON.stringify(said.body ?? {}));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    calls,
    assumed,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

// Safe: the server listens on TCP, so its address is never a path.
function portOf(address: AddressInfo | string | null): number {
  return (address as AddressInfo).port;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString();
}

function session(n: number, seconds: number): string {
  const expiration = new Date(Date.now() + seconds * 1000).toISOString();
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIASESSION${n}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
}

function stsError(code: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>User is not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>`;
}
