import { expect, it } from "vitest";
import { joinCommands } from "./join-commands.ts";

const network = { name: "net-prod", region: "ap-northeast-1", networkId: "sn-0a1b" };
const commands = (cluster: string | null) => joinCommands({ network, cluster }).map(({ command }) => command);

it("takes the kubeconfig of the consumer's cluster, applies there, and asks Lattice", () => {
  expect(commands("team-shop/storefront")).toEqual([
    "kubectl get secret storefront-kubeconfig -n team-shop \\\n  -o jsonpath='{.data.value}' | base64 -d > storefront.kubeconfig",
    "kubectl --kubeconfig storefront.kubeconfig apply --server-side -f net-prod.yaml",
    "aws vpc-lattice list-service-network-vpc-associations \\\n  --service-network-identifier sn-0a1b \\\n  --region ap-northeast-1",
  ]);
});

it("leaves the choice of the cluster to the admin where Trellis knows none in that VPC", () => {
  expect(commands(null)[0]).toBe("kubectl apply --server-side -f net-prod.yaml");
});
