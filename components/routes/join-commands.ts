import type { TwinLine } from "../ui/command-twin.tsx";
import { quote, shellLines } from "../ui/shell-command.ts";

type Join = {
  readonly network: { readonly name: string; readonly region: string; readonly networkId: string | null };
  /** `team-<team>/<cluster>`; null: a cluster that Trellis does not know. */
  readonly cluster: string | null;
};

/** Applies the objects in the consumer's cluster with the admin's own rights, and asks Lattice whether the VPC has joined. */
export function joinCommands({ network, cluster }: Join): readonly TwinLine[] {
  const [namespace = "", name = ""] = (cluster ?? "").split("/");
  const file = quote(`${name}.kubeconfig`);
  const secret = shellLines(
    `kubectl get secret ${quote(`${name}-kubeconfig`)} -n ${quote(namespace)}`,
    `-o jsonpath='{.data.value}' | base64 -d > ${file}`,
  );
  const kubectl = cluster === null ? "kubectl" : `kubectl --kubeconfig ${file}`;
  return [
    ...(cluster === null ? [] : [{ command: secret }]),
    { command: `${kubectl} apply --server-side -f ${quote(`${network.name}.yaml`)}` },
    {
      command: shellLines(
        "aws vpc-lattice list-service-network-vpc-associations",
        `--service-network-identifier ${quote(network.networkId ?? network.name)}`,
        `--region ${quote(network.region)}`,
      ),
    },
  ];
}
