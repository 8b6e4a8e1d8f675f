import { BlockList, isIP } from "node:net";

/** Addresses a tenant may never point the portal at: itself, its neighbours on the link, metadata services, multicast. */
const REFUSED: readonly (readonly [string, number, "ipv4" | "ipv6"])[] = [
  ["0.0.0.0", 8, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["100.100.100.200", 32, "ipv4"],
  ["192.0.0.192", 32, "ipv4"],
  ["168.63.129.16", 32, "ipv4"],
  ["224.0.0.0", 3, "ipv4"],
  ["::", 128, "ipv6"],
  ["::1", 128, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["fd00:ec2::", 32, "ipv6"],
  ["ff00::", 8, "ipv6"],
  // Ways to write an IPv4 address inside an IPv6 one: compatible, NAT64, 6to4.
  ["::", 96, "ipv6"],
  ["64:ff9b::", 96, "ipv6"],
  ["2002::", 16, "ipv6"],
];

/** Names that mean such an address whatever the resolver says. */
const REFUSED_NAMES = /^(?:(?:.*\.)?localhost(?:\.localdomain)?|metadata(?:\.google\.internal)?|instance-data(?:\..*)?)$/;

/**
 * May a tenant's control plane have this host? `host` is a lower-case name or address without brackets, as WHATWG URL writes it (decimal and octal forms resolved).
 * A name is not resolved here: whoever connects must check the address it resolves to as well.
 */
export function isTenantAddressAllowed(host: string, allowedCidrs: readonly string[]): boolean {
  const family = isIP(host);
  if (family === 0) return !REFUSED_NAMES.test(host.replace(/\.$/, ""));
  const version = family === 4 ? "ipv4" : "ipv6";
  if (toBlockList(allowedCidrs.map(parseCidr)).check(host, version)) return true;
  return !toBlockList(REFUSED).check(host, version);
}

function toBlockList(subnets: readonly (readonly [string, number, "ipv4" | "ipv6"])[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix, version] of subnets) list.addSubnet(address, prefix, version);
  return list;
}

function parseCidr(cidr: string): readonly [string, number, "ipv4" | "ipv6"] {
  const [address = "", prefix = ""] = cidr.split("/");
  return [address, Number(prefix), isIP(address) === 6 ? "ipv6" : "ipv4"];
}
