import type * as tagging from "@aws-sdk/client-resource-groups-tagging-api";
import type * as sts from "@aws-sdk/client-sts";
import type * as lattice from "@aws-sdk/client-vpc-lattice";

type Sdk = { readonly lattice: typeof lattice; readonly tagging: typeof tagging; readonly sts: typeof sts };

let loading: Promise<Sdk> | undefined;

/** The AWS SDK, loaded at the first call: an installation without Lattice pays neither its memory nor its start. */
export function loadSdk(): Promise<Sdk> {
  loading ??= Promise.all([
    import("@aws-sdk/client-vpc-lattice"),
    import("@aws-sdk/client-resource-groups-tagging-api"),
    import("@aws-sdk/client-sts"),
  ]).then(([vpcLattice, taggingApi, securityTokens]) => ({ lattice: vpcLattice, tagging: taggingApi, sts: securityTokens }));
  return loading;
}
