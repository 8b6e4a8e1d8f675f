// Stands in for the AWS CLI: `aws [--region R] eks get-token --cluster-name NAME [--output json]` prints an ExecCredential that the
// cluster's API server accepts, as the real one does with a presigned STS call. Everything else is refused.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { kubeClient } from "../kube/kube-client.ts";
import { shortToken, tokenSeconds } from "../players/eks/kubeconfig-secrets.ts";
import { readTenants } from "../players/eks/tenant-slots.ts";
import { keptPorts } from "../state/ports.ts";
import { sandboxFolder } from "../state/sandbox-folder.ts";
import { keptSecrets } from "../state/secrets.ts";

const options = {
  region: { type: "string" },
  "cluster-name": { type: "string" },
  output: { type: "string" },
  "role-arn": { type: "string" },
  profile: { type: "string" },
} as const;

async function main(): Promise<string> {
  const { values, positionals } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  if (positionals.join(" ") !== "eks get-token")
    throw new Error(`this stand-in only knows "aws eks get-token", not "aws ${positionals.join(" ")}"`);
  const name = values["cluster-name"];
  if (!name || !values.region) throw new Error("--cluster-name and --region are needed");
  const folder = sandboxFolder();
  const tenant = readTenants(folder).find((one) => one.eksName === name && one.region === values.region);
  if (!tenant) throw new Error(`An error occurred (ResourceNotFoundException): No cluster found for name: ${name} in ${values.region}.`);
  const port = (await keptPorts(folder)).workload[tenant.slot] ?? 0;
  const client = kubeClient({
    server: `https://127.0.0.1:${port}`,
    ca: readFileSync(folder.pki("ca.crt"), "utf8"),
    token: keptSecrets(folder).playerToken,
    manager: "eks",
  });
  const token = await shortToken({ slot: tenant.slot, port, client }, "sandbox-person");
  await client.close();
  const expirationTimestamp = new Date(Date.now() + (tokenSeconds - 60) * 1_000).toISOString();
  return JSON.stringify({
    kind: "ExecCredential",
    apiVersion: "client.authentication.k8s.io/v1beta1",
    spec: {},
    status: { expirationTimestamp, token },
  });
}

try {
  console.log(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 255;
}
