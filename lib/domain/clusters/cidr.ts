/** An IPv4 block: its first and last address as numbers, and its prefix length. */
export type Cidr = { readonly first: number; readonly last: number; readonly prefix: number };

/** RFC 1918: the ranges a new VPC may use here. */
const PRIVATE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Ranges no client on the internet can come from (RFC 6890): EKS refuses them as public access CIDRs. */
const UNROUTABLE_BLOCKS = [
  ...PRIVATE_BLOCKS,
  "0.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
];

/** Reads `a.b.c.d/n` with all host bits zero; null for anything else (leading zeros, IPv6, host bits set). */
export function parseCidr(text: string): Cidr | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return null;
  const parts = match.slice(1);
  if (parts.some((part) => part.length > 1 && part.startsWith("0"))) return null;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = parts.map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return null;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : null;
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function isPrivate(cidr: Cidr): boolean {
  return blocks(PRIVATE_BLOCKS).some((block) => contains(block, cidr));
}

/** False when any address of the block can never be seen on the internet; `0.0.0.0/0` as a whole counts as routable. */
export function isRoutable(cidr: Cidr): boolean {
  return cidr.prefix === 0 || !blocks(UNROUTABLE_BLOCKS).some((block) => overlaps(block, cidr));
}

function blocks(texts: readonly string[]): Cidr[] {
  return texts.flatMap((text) => parseCidr(text) ?? []);
}

/** The Services of every tenant cluster live here; EKS fixes it at creation, so no VPC may overlap it (cluster-api.md §2.1). */
export const SERVICE_CIDR = "172.20.0.0/16";
