import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readBody } from "../wire/read-body.ts";

const maxBytes = 1_048_576;

/** Headers that tell the echo server which target it stands for at this call. */
export const echoHeaders = { group: "x-sandbox-target-group", target: "x-sandbox-target", answers: "x-sandbox-answers" } as const;
export type EchoServer = { readonly url: string; readonly stop: () => Promise<void> };

/** The program behind every target: says which group and target it is and what reached it. */
export async function startEchoServer(): Promise<EchoServer> {
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((done, failed) => server.once("error", failed).listen(0, "127.0.0.1", () => done()));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the echo server does not listen on a port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { [echoHeaders.group]: group, [echoHeaders.target]: target, [echoHeaders.answers]: answers, ...headers } = request.headers;
  const behaviour = String(answers);
  if (behaviour === "hangs-up") return void request.socket.destroy();
  if (behaviour === "is-silent") return;
  const body = await readBody(request, maxBytes);
  response.writeHead(behaviour === "error" ? 500 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify({ group, target, method: request.method, url: request.url, headers, body }));
}
