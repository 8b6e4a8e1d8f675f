import { spawnSync } from "node:child_process";
import { z } from "zod";

/** A REST client with one persona's token from the sandbox. */
export type PortalClient = { get(path: string): Promise<unknown>; post(path: string, body: unknown): Promise<unknown> };

export function portalClient(url: string, sandboxDir: string, persona: string): PortalClient {
  const token = personaToken(sandboxDir, persona);
  const call = async (path: string, init: RequestInit): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      ...init,
      // A kept connection may be closed by the server just as the next call takes it; a POST is then not sent again.
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", connection: "close" },
      signal: AbortSignal.timeout(30_000),
    });
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${init.method ?? "GET"} ${path} answered ${answer.status}: ${JSON.stringify(body)}`);
    return body;
  };
  return { get: (path) => call(path, {}), post: (path, body) => call(path, { method: "POST", body: JSON.stringify(body) }) };
}

/** `sandbox token <persona>` prints it on its last line. */
export function personaToken(sandboxDir: string, persona: string): string {
  const printed = spawnSync("node", ["sandbox/cli.ts", "token", persona], {
    encoding: "utf8",
    env: { ...process.env, TRELLIS_SANDBOX_DIR: sandboxDir },
  });
  const token = printed.stdout.trim().split("\n").at(-1);
  if (printed.status !== 0 || token === undefined || token === "") throw new Error(`no token for ${persona}: ${printed.stderr}`);
  return token;
}

const BlueprintAnswer = z.looseObject({ example: z.record(z.string(), z.unknown()) });
export const RequestAnswer = z.looseObject({ id: z.string(), state: z.string(), contentHash: z.string() });

/** Submits `cluster.create` from the blueprint's own example with another name. */
export async function submitCluster(
  client: PortalClient,
  name: string,
  blueprint = "eks-standard",
  team = "payments",
): Promise<z.infer<typeof RequestAnswer>> {
  const { example } = BlueprintAnswer.parse(await client.get(`/blueprints/${blueprint}`));
  return RequestAnswer.parse(
    await client.post("/requests", {
      kind: "cluster.create",
      team,
      purpose: "A cluster for a measurement of this run",
      input: { ...example, name },
    }),
  );
}
