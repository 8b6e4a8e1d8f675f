import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { CreateClusterInput } from "../../lib/domain/clusters/create-cluster-input.ts";
import { BootstrapFile } from "../../lib/domain/tenancy/bootstrap.ts";
import { buildClusterObjects } from "../../lib/manifests/clusters/build-cluster-objects.ts";
import { seedBlueprint } from "../../lib/manifests/clusters/testing.ts";
import { projectRoot } from "../state/sandbox-folder.ts";
import { seedFleet } from "./start-fleet-seed.ts";

const template = parse(readFileSync(join(projectRoot, "sandbox/seed/bootstrap.yaml"), "utf8")) as object;
const { accounts, networking } = BootstrapFile.parse({ ...template, blueprints: [] });
const account = accounts.find((one) => one.id === "platform-prod");
const { version, data } = seedBlueprint("eks-private");
const wanted = [
  { team: "payments", name: "checkout", vpc: 0, description: "Orders and the ledger of card payments." },
  { team: "shop", name: "storefront", vpc: 1, description: "Cart and catalogue of the web shop." },
];

it("holds the clusters as the portal renders them, so that they show as managed and can be changed and deleted", () => {
  if (!account) throw new Error("the seed has no account platform-prod");
  const rendered = wanted.map(({ team, name, vpc, description }) => {
    const { id, subnets = [] } = account.vpcs[vpc] ?? {};
    const pools = (data.example.pools as object[]).map((pool) => ({ ...pool, min: 2, desired: 2 }));
    const network = { mode: "existing", vpcId: id, subnetIds: subnets.map((subnet) => subnet.id) };
    const fixed = { blueprint: "eks-private", name, account: account.id, visibility: "organisation", description };
    const input = CreateClusterInput.parse({ ...data.example, ...fixed, network, pools });
    return buildClusterObjects({ team, namespace: `team-${team}`, input, blueprint: { id: "eks-private", version, data }, account });
  });
  expect(seedFleet().map((one) => one.objects)).toEqual(rendered);
});

it("has the VPC of every cluster among the consumers of the network", () => {
  const consumers = networking.serviceNetworks.flatMap((network) => network.consumers);
  for (const { team, name, vpc } of wanted)
    expect(consumers).toContainEqual({ vpcId: account?.vpcs[vpc]?.id, cluster: `team-${team}/${name}`, team });
});
