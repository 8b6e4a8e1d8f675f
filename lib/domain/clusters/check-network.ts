import type { FieldProblem } from "../portal-error.ts";
import { type BlueprintCheck, problem } from "./blueprint-check.ts";
import { contains, isPrivate, overlaps, parseCidr, SERVICE_CIDR } from "./cidr.ts";

/** EKS needs room for two subnets in each zone; AWS takes no VPC larger than /16. */
const LARGEST_VPC = 16;
const SMALLEST_VPC = 22;

/** The network of a new cluster: a block for a VPC that CAPA makes, or subnets of a VPC the account already has. */
export function checkNetwork(check: BlueprintCheck): FieldProblem[] {
  const { input, blueprint } = check;
  if (input.network.mode !== blueprint.network.mode) return [problem("network.mode", "networkMode", { mode: blueprint.network.mode })];
  return input.network.mode === "managed" ? checkManaged(input.network.cidr) : checkExisting(check, input.network);
}

function checkManaged(text: string): FieldProblem[] {
  const path = "network.cidr";
  const cidr = parseCidr(text);
  if (cidr === null) return [problem(path, "cidrShape", { value: text })];
  if (!isPrivate(cidr)) return [problem(path, "cidrNotPrivate", { value: text })];
  if (cidr.prefix < LARGEST_VPC || cidr.prefix > SMALLEST_VPC)
    return [problem(path, "cidrSize", { value: text, largest: LARGEST_VPC, smallest: SMALLEST_VPC })];
  return overlapsServices(path, text);
}

function overlapsServices(path: string, text: string): FieldProblem[] {
  const cidr = parseCidr(text);
  const services = parseCidr(SERVICE_CIDR);
  return cidr !== null && services !== null && overlaps(cidr, services)
    ? [problem(path, "cidrServices", { value: text, services: SERVICE_CIDR })]
    : [];
}

function checkExisting(
  { input, blueprint, account }: BlueprintCheck,
  network: { readonly vpcId: string; readonly subnetIds: readonly string[] },
): FieldProblem[] {
  const vpc = account.vpcs.find(({ id }) => id === network.vpcId);
  if (vpc === undefined)
    return [
      problem("network.vpcId", "vpcUnknown", {
        vpc: network.vpcId,
        account: input.account,
        choices: account.vpcs.map(({ id }) => id).join(", "),
      }),
    ];
  const problems = overlapsServices("network.vpcId", vpc.cidr);
  const chosen = network.subnetIds.map((id, index) => ({
    id,
    path: `network.subnetIds.${index}`,
    subnet: vpc.subnets.find((one) => one.id === id),
  }));
  for (const [index, { id, path, subnet }] of chosen.entries()) {
    if (subnet === undefined)
      problems.push(problem(path, "subnetUnknown", { subnet: id, vpc: vpc.id, choices: vpc.subnets.map((one) => one.id).join(", ") }));
    else if (network.subnetIds.indexOf(id) < index) problems.push(problem(path, "duplicate", { value: id }));
    else problems.push(...checkSubnet(path, subnet, { vpc, earlier: chosen.slice(0, index).flatMap((one) => one.subnet ?? []) }));
  }
  const zones = new Set(chosen.flatMap(({ subnet }) => subnet?.zone ?? []));
  if (zones.size < 2) problems.push(problem("network.subnetIds", "subnetZones"));
  const minimum = blueprint.network.mode === "existing" ? blueprint.network.minimumSubnets : 0;
  if (network.subnetIds.length < minimum) problems.push(problem("network.subnetIds", "subnetCount", { minimum }));
  return problems;
}

type Subnet = BlueprintCheck["account"]["vpcs"][number]["subnets"][number];

function checkSubnet(
  path: string,
  subnet: Subnet,
  { vpc, earlier }: { readonly vpc: { readonly id: string; readonly cidr: string }; readonly earlier: readonly Subnet[] },
): FieldProblem[] {
  const own = parseCidr(subnet.cidr);
  const outer = parseCidr(vpc.cidr);
  if (own === null || outer === null || !contains(outer, own))
    return [problem(path, "subnetOutside", { subnet: subnet.id, cidr: subnet.cidr, vpc: vpc.id, vpcCidr: vpc.cidr })];
  const other = earlier.find((one) => {
    const cidr = parseCidr(one.cidr);
    return one.id !== subnet.id && cidr !== null && overlaps(cidr, own);
  });
  return other === undefined ? [] : [problem(path, "subnetOverlap", { subnet: subnet.id, other: other.id })];
}
