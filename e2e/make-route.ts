import { z } from "zod";
import { type PortalClient, RequestAnswer } from "../test/bench/portal-client.ts";

const KindAnswer = z.looseObject({ example: z.looseObject({ rules: z.array(z.looseObject({ backends: z.array(z.looseObject({})) })) }) });

/** Submits `route.create` from the kind's own example over one kubeService of the seeded fleet; with a prefix its one rule takes only calls below it. */
export async function submitRoute(
  client: PortalClient,
  name: string,
  kubeService: string,
  prefix?: string,
): Promise<z.infer<typeof RequestAnswer>> {
  const { example } = KindAnswer.parse(await client.get("/request-kinds/route.create"));
  const [rule] = example.rules;
  const backend = { cluster: "team-payments/checkout", namespace: "payments", kubeService, port: 80, weight: 1 };
  const { serviceName: _serviceName, hostname: _hostname, ...rest } = example;
  const narrowed = prefix === undefined ? {} : { match: { path: { type: "prefix", value: prefix }, headers: [] } };
  const input = { ...rest, name, rules: [{ ...rule, ...narrowed, backends: [backend] }] };
  return RequestAnswer.parse(
    await client.post("/requests", { kind: "route.create", team: "payments", purpose: "A route for the pages of this run", input }),
  );
}
