import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { isTenantAddressAllowed } from "./tenant-address.ts";

/** The error code of a name that resolves to an address a tenant may not have. */
export const REFUSED_ADDRESS = "TRELLIS_REFUSED_ADDRESS";

class RefusedAddress extends Error {
  readonly code = REFUSED_ADDRESS;
}

/** Resolves a tenant's host name for the connection itself, so that no second answer of the resolver can differ from the one that was checked. One refused address refuses the name. */
export function createGuardedLookup(allowedCidrs: readonly string[], lookup: typeof systemLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "", 0);
      const first = addresses[0];
      if (!first || !addresses.every(({ address }) => isTenantAddressAllowed(address, allowedCidrs)))
        return callback(new RefusedAddress("the name resolves to an address that is not allowed"), "", 0);
      if (options.all === true) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}
