import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createDataPlane } from "./carry/data-plane.ts";
import { controlPath, openControlDoor } from "./control/control-door.ts";
import { createLatticeControl, type LatticeControl } from "./control/lattice-control.ts";
import { createEmulatorWorld, type LatticeEmulatorOptions } from "./emulator-world.ts";
import { handleCall, type Outcome } from "./wire/handle-call.ts";
import { readBody } from "./wire/read-body.ts";
import type { WireRequest } from "./wire/resolve-call.ts";

const maxCallBytes = 1_048_576;
const maxControlBytes = 32 * maxCallBytes;

export type RunningLatticeEmulator = { readonly url: string; readonly control: LatticeControl; readonly stop: () => Promise<void> };

/** Serves VPC Lattice, Resource Groups Tagging, ACM and STS on one port of the loopback, for every account and Region. */
export async function startLatticeEmulator(options: LatticeEmulatorOptions): Promise<RunningLatticeEmulator> {
  const world = createEmulatorWorld(options);
  const plane = createDataPlane(world);
  const control = createLatticeControl(world, plane);
  const controlDoor = openControlDoor(control, options.token);
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      world.say(`lattice: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      response.destroy();
    });
  });
  // Longer than a client keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 60_000;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isControl = request.url?.startsWith(controlPath) === true;
    const body = await readBody(request, isControl ? maxControlBytes : maxCallBytes);
    if (body === null) return send(response, { status: 413, headers: {}, body: "" });
    const wire = wireRequest(request, body);
    send(response, isControl ? await controlDoor(wire) : await handleCall(world, wire));
  }

  await new Promise<void>((done, failed) => server.once("error", failed).listen(options.port, "127.0.0.1", () => done()));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    control,
    stop: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
      await plane.stop();
      world.store.flush();
    },
  };
}

/** A silent call holds its connection until one side gives up. */
function send(response: ServerResponse, outcome: Outcome): void {
  if (outcome === "silent") return;
  if (outcome === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const length = outcome.status === 204 ? {} : { "content-length": Buffer.byteLength(outcome.body) };
  response.writeHead(outcome.status, { ...outcome.headers, ...length });
  response.end(outcome.body);
}

function wireRequest(request: IncomingMessage, body: string): WireRequest {
  const [rawPath = "/", ...query] = (request.url ?? "/").split("?");
  return { method: request.method ?? "GET", rawPath, query: new URLSearchParams(query.join("?")), headers: request.headers, body };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the emulator does not listen on a port");
  return address.port;
}
