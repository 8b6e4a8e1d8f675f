import { request } from "node:http";
import type { Carried } from "./carried.ts";
import { CallStopped } from "./carried.ts";
import type { CallToCarry } from "./carry-input.ts";
import type { Chosen } from "./choose-target.ts";
import type { DataPlane } from "./data-plane.ts";
import { echoHeaders } from "./echo-server.ts";

/** A silent target is given up after this long; Lattice waits a minute. */
const silentMs = 300;

/** The last stretch, a real HTTP request; how Lattice words a target that does not answer. */
export async function sendToTarget(plane: DataPlane, call: CallToCarry, chosen: Chosen): Promise<NonNullable<Carried["echo"]>> {
  const answers = plane.behaviourOf(chosen);
  if (answers === "refuses") throw stopped(503, `target ${chosen.target.id} refuses the connection`);
  const { url } = await plane.echo();
  const query = call.query === "" ? "" : `?${call.query}`;
  const headers = {
    ...call.headers,
    host: call.host,
    "x-forwarded-for": call.callerVpcId,
    [echoHeaders.group]: chosen.group.name,
    [echoHeaders.target]: `${chosen.target.id}${chosen.target.port === null ? "" : `:${chosen.target.port}`}`,
    [echoHeaders.answers]: answers,
  };
  return new Promise((done, failed) => {
    const sent = request(`${url}${call.path}${query}`, { method: call.method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const named = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        done({ status: response.statusCode ?? 0, headers: Object.fromEntries(named), body: Buffer.concat(chunks).toString() });
      });
    });
    sent.setTimeout(silentMs, () => sent.destroy(stopped(504, `target ${chosen.target.id} did not answer in time`)));
    sent.on("error", (error) =>
      failed(error instanceof CallStopped ? error : stopped(502, `target ${chosen.target.id} closed the connection`)),
    );
    sent.end(call.body);
  });
}

function stopped(status: number, reason: string): CallStopped {
  return new CallStopped({ layer: "targets", status, reason });
}
