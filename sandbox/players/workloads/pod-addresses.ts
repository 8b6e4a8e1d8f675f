import { fraction } from "../eks/pace.ts";

/** The addresses the pods of one VPC have. Two clusters may share a VPC, so its book is shared too. */
export type AddressBook = Map<string, string>;

/**
 * An address of the block for this pod: always the same one for the same uid unless somebody has it. The first and last 256 addresses
 * stay free for what a VPC keeps for itself.
 */
export function takeAddress(book: AddressBook, block: string, uid: string): string {
  const [base = "10.0.0.0", length = "16"] = block.split("/");
  const start = base.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(length)) - 512;
  const first = Math.floor(fraction(uid) * size);
  for (let step = 0; step < size; step += 1) {
    const address = textOf(start + 256 + ((first + step) % size));
    const holder = book.get(address);
    if (holder !== undefined && holder !== uid) continue;
    book.set(address, uid);
    return address;
  }
  throw new Error(`every address of ${block} is taken`);
}

/** Forgets the addresses of pods that are gone; `living` are the uids of one cluster's pods, `mine` tells which entries are that cluster's. */
export function releaseAddresses(book: AddressBook, mine: Set<string>, living: Set<string>): void {
  for (const [address, uid] of book) if (mine.has(uid) && !living.has(uid)) book.delete(address);
}

function textOf(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
