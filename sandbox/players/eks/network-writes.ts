import { isManagedVpc, ownershipTags } from "./control-plane-script.ts";
import type { ControlPlane } from "./eks-objects.ts";
import { awsId } from "./pace.ts";

type NetworkWrite = { network: { vpc?: { id?: string } & Record<string, unknown>; subnets?: object[] } };

/** What CAPA writes into `spec.network` when a network step ends; null when it writes nothing, as in a VPC it was given. */
export function networkWrite(controlPlane: ControlPlane, condition: string): NetworkWrite | null {
  if (!isManagedVpc(controlPlane)) return null;
  const uid = controlPlane.metadata.uid ?? "";
  const given = controlPlane.spec.network?.vpc;
  if (condition === "VpcReady" && !given?.id) {
    return { network: { vpc: { id: awsId("vpc", uid), cidrBlock: given?.cidrBlock ?? "10.0.0.0/16", tags: ownershipTags(controlPlane) } } };
  }
  if (condition === "SubnetsReady" && (controlPlane.spec.network?.subnets ?? []).length === 0)
    return { network: { subnets: ownSubnets(controlPlane) } };
  if (condition === "InternetGatewayReady") return { network: { vpc: { internetGatewayId: awsId("igw", uid) } } };
  return null;
}

/** One private and one public subnet for each zone; private ones get the larger part of the block, as CAPA splits it. */
function ownSubnets(controlPlane: ControlPlane): object[] {
  const block = controlPlane.spec.network?.vpc?.cidrBlock ?? "10.0.0.0/16";
  return zonesOf(controlPlane).flatMap((zone, index) =>
    [false, true].map((isPublic) => {
      const id = `${controlPlane.metadata.name}-subnet-${isPublic ? "public" : "private"}-${zone}`;
      const role = isPublic ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb";
      return {
        id,
        resourceID: awsId("subnet", `${controlPlane.metadata.uid ?? ""}/${id}`),
        cidrBlock: subnetBlock(block, isPublic, index),
        availabilityZone: zone,
        isPublic,
        zoneType: "availability-zone",
        tags: { Name: id, [role]: "1" },
      };
    }),
  );
}

/** The zones of the node groups and subnets: those of the given subnets, else the first of the region. */
export function zonesOf(controlPlane: ControlPlane): string[] {
  const given = (controlPlane.spec.network?.subnets ?? []).flatMap((subnet) => (subnet.availabilityZone ? [subnet.availabilityZone] : []));
  if (given.length > 0) return [...new Set(given)];
  const region = controlPlane.spec.region ?? "us-east-1";
  return ["a", "b", "c"].slice(0, controlPlane.spec.network?.vpc?.availabilityZoneUsageLimit ?? 3).map((letter) => `${region}${letter}`);
}

/** The n-th eighth of the block; private subnets take 0 to 3, public ones 4 to 7. */
function subnetBlock(block: string, isPublic: boolean, index: number): string {
  const [address = "10.0.0.0", length = "16"] = block.split("/");
  const size = 2 ** (32 - Number(length)) / 8;
  const start = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) + size * (index + (isPublic ? 4 : 0));
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${parts.join(".")}/${Number(length) + 3}`;
}
