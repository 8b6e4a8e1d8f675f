import { z } from "zod";
import { keptPorts } from "../state/ports.ts";
import type { SandboxFolder } from "../state/sandbox-folder.ts";
import { keptSecrets } from "../state/secrets.ts";

const callMs = 10_000;
const Target = z.looseObject({ id: z.string(), status: z.string() });
const Rule = z.looseObject({ isDefault: z.boolean(), match: z.unknown(), action: z.unknown() });
const Region = z.looseObject({
  networks: z.array(z.looseObject({ name: z.string() })),
  services: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      status: z.string(),
      authType: z.string(),
      domainName: z.string(),
      tags: z.record(z.string(), z.string()),
      listeners: z.array(z.looseObject({ rules: z.array(Rule) })),
    }),
  ),
  serviceAssociations: z.array(z.looseObject({ serviceId: z.string(), status: z.string() })),
  vpcAssociations: z.array(z.looseObject({ vpcId: z.string(), status: z.string() })),
  targetGroups: z.array(
    z.looseObject({ id: z.string(), status: z.string(), tags: z.record(z.string(), z.string()), targets: z.array(Target) }),
  ),
  certificates: z.array(z.unknown()),
});
export type DoorRegion = z.infer<typeof Region>;
const Calls = z.looseObject({
  last: z.number(),
  calls: z.array(z.looseObject({ caller: z.string(), operation: z.string(), status: z.number() })),
});

/** The emulated AWS of a running sandbox as a test sees it, through its control door. */
export async function latticeDoor(folder: SandboxFolder) {
  const { lattice } = await keptPorts(folder);
  const { awsSecret } = keptSecrets(folder);
  const url = `http://127.0.0.1:${lattice}`;
  async function ask(method: string, input: object = {}): Promise<unknown> {
    const response = await fetch(`${url}/_sandbox/${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${awsSecret}` },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(callMs),
    });
    return z.looseObject({ result: z.unknown() }).parse(await response.json()).result;
  }
  return {
    url,
    ask,
    region: async (): Promise<DoorRegion> => Region.parse(await ask("describe", { account: "333344445555", region: "ap-northeast-1" })),
    calls: async (query: object = {}) => Calls.parse(await ask("calls", query)),
  };
}
export type LatticeDoor = Awaited<ReturnType<typeof latticeDoor>>;
